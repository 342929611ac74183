-- Files of accounts that are gone, which are to be deleted and could not be yet: their drive was away. No reference to the account: the row is there
-- because that one is not. Whose they were stands in the server's own words, for a person may come back before the drive does.
CREATE TABLE abandoned_file (
    id              INTEGER PRIMARY KEY,
    folder_id       INTEGER NOT NULL REFERENCES media_folder (id),
    path            TEXT    NOT NULL,                 -- relative to the folder, with «/»
    size            INTEGER NOT NULL,
    modified_at     INTEGER,                          -- when we wrote it, where that is known
    sha256          TEXT,                             -- null for the part of a download
    server_id       TEXT,                             -- null, as the user's: deleted one by one before the account went, and nobody's any more
    user_id         TEXT,
    left_at         INTEGER NOT NULL
) STRICT;
CREATE INDEX abandoned_file_by_folder ON abandoned_file (folder_id, path);
CREATE INDEX abandoned_file_by_person ON abandoned_file (server_id, user_id);
