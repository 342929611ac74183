-- Playlists that a server suddenly lists no more are a question to the user as items are.

CREATE TABLE held_anew (
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    folder_item_id  TEXT    NOT NULL DEFAULT '',      -- the library; empty for the server as a whole
    kind            TEXT    NOT NULL CHECK (kind IN ('track', 'album', 'artist', 'playlist')),
    missing         INTEGER NOT NULL,
    known           INTEGER NOT NULL,                 -- items of this kind there, with those that are missing
    before_pass     INTEGER NOT NULL,                 -- what no pass from this one on has met is meant; playlists count their own lists
    held_at         INTEGER NOT NULL,
    PRIMARY KEY (account_id, folder_item_id, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO held_anew SELECT account_id, folder_item_id, kind, missing, known, before_pass, held_at FROM held_sweep;
DROP TABLE held_sweep;
ALTER TABLE held_anew RENAME TO held_sweep;
