-- The filter of the library by server: which servers' music its lists, its search and its home page show.

ALTER TABLE account ADD COLUMN is_shown INTEGER NOT NULL DEFAULT 1 CHECK (is_shown IN (0, 1));
