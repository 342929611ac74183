-- What lets people trust the store: who did what and when, actions held after a restore, and indexes by which removed rows are found when their time is over.

-- A change that comes out of a backup: the time of that backup. It may have reached its server since, so it waits until the user sends or drops it.
ALTER TABLE pending_action ADD COLUMN held_from INTEGER;

-- Requirement 4.20. No secrets, and no reference to an account: the row tells of it when it is gone.
CREATE TABLE audit (
    id              INTEGER PRIMARY KEY,
    at              INTEGER NOT NULL,
    actor           TEXT    NOT NULL CHECK (actor IN ('user', 'waxwing')),
    action          TEXT    NOT NULL,                 -- sign-in, sign-out, server-added, …
    object          TEXT    NOT NULL DEFAULT '',      -- what it was done to, in words
    outcome         TEXT    NOT NULL DEFAULT 'done'   -- done, or the word of the failure
) STRICT;
CREATE INDEX audit_by_time ON audit (at);

-- Requirement 4.19: rows removed by the user go 30 days later. A download's is looked through by id too, for files that are not gone yet.
CREATE INDEX play_history_removed ON play_history (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX playlist_removed ON playlist (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX download_removed ON download (id, deleted_at) WHERE deleted_at IS NOT NULL;

-- Requirement 4.11: what a long session was seen to read through whole tables for.
CREATE INDEX reserved_path_by_download ON reserved_path (download_id);
CREATE INDEX download_parts ON download (root, folder_id, part_path) WHERE part_path IS NOT NULL;
CREATE INDEX track_gone ON track (account_id, item_id) WHERE gone_at IS NOT NULL;
CREATE INDEX album_gone ON album (account_id, item_id) WHERE gone_at IS NOT NULL;
CREATE INDEX artist_gone ON artist (account_id, item_id) WHERE gone_at IS NOT NULL;
