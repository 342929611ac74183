-- Collections that the user keeps, which follow their server: what they hold later is fetched too. Reasons alone cannot tell: an empty playlist has none.
CREATE TABLE kept_collection (
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    kind            TEXT    NOT NULL CHECK (kind IN ('playlist', 'album', 'artist')),
    source_item_id  TEXT    NOT NULL,
    quality         TEXT    NOT NULL DEFAULT 'original',   -- for what comes later
    priority        INTEGER NOT NULL DEFAULT 0,
    added_at        INTEGER NOT NULL,
    PRIMARY KEY (account_id, kind, source_item_id)
) STRICT, WITHOUT ROWID;
INSERT INTO kept_collection (account_id, kind, source_item_id, added_at)
    SELECT account_id, kind, source_item_id, min(added_at) FROM keep_reason WHERE kind IN ('playlist', 'album', 'artist')
    GROUP BY account_id, kind, source_item_id;

-- Tracks of a kept collection that the user cancelled or deleted one by one: they do not come back by themselves.
CREATE TABLE keep_exception (
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    kind            TEXT    NOT NULL CHECK (kind IN ('playlist', 'album', 'artist')),
    source_item_id  TEXT    NOT NULL,
    track_item_id   TEXT    NOT NULL,
    PRIMARY KEY (account_id, kind, source_item_id, track_item_id)
) STRICT, WITHOUT ROWID;

-- Removed rows that still name a finished file: what is to go from the disk, looked for after every download.
CREATE INDEX download_left ON download (id) WHERE deleted_at IS NOT NULL AND part_path IS NULL AND file_path IS NOT NULL;
