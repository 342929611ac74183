-- Sync: which of a server's libraries an item lies in, and what a pass did not dare to mark as gone.

ALTER TABLE track ADD COLUMN folder_item_id TEXT NOT NULL DEFAULT '';   -- library_folder.item_id; empty where the server has no libraries or it is not known yet
ALTER TABLE album ADD COLUMN folder_item_id TEXT NOT NULL DEFAULT '';

-- A question to the user: a complete pass no longer met so many items of one library that they are kept until the user says that they are gone.
CREATE TABLE held_sweep (
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    folder_item_id  TEXT    NOT NULL DEFAULT '',      -- the library; empty for the server as a whole
    kind            TEXT    NOT NULL CHECK (kind IN ('track', 'album', 'artist')),
    missing         INTEGER NOT NULL,
    known           INTEGER NOT NULL,                 -- items of this kind there, with those that are missing
    before_pass     INTEGER NOT NULL,                 -- what no pass from this one on has met is meant
    held_at         INTEGER NOT NULL,
    PRIMARY KEY (account_id, folder_item_id, kind)
) STRICT, WITHOUT ROWID;

-- What lies in which library is learnt by reading everything once.
DELETE FROM sync_state WHERE scope = 'since';
