-- How many albums and tracks an artist has is kept on its row. Whose figures are to be counted anew is noted in the transaction that changes them,
-- whoever makes it, and stands here until it is done: what costs is what changed, not how large the library is.

CREATE TABLE artist_due (
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    item_id         TEXT    NOT NULL,                 -- an artist, also one that has no row yet
    changes         INTEGER NOT NULL DEFAULT 1,       -- more with each: what changed again while it was counted stays due
    PRIMARY KEY (account_id, item_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER artist_due_artist_insert AFTER INSERT ON artist BEGIN
    INSERT INTO artist_due (account_id, item_id) VALUES (new.account_id, new.item_id)
        ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER artist_due_track_artist_insert AFTER INSERT ON track_artist WHEN new.artist_item_id <> '' BEGIN
    INSERT INTO artist_due (account_id, item_id) VALUES (new.account_id, new.artist_item_id)
        ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER artist_due_album_artist_insert AFTER INSERT ON album_artist WHEN new.artist_item_id <> '' BEGIN
    INSERT INTO artist_due (account_id, item_id) VALUES (new.account_id, new.artist_item_id)
        ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
-- With an account go its tracks, and nobody counts them.
CREATE TRIGGER artist_due_track_artist_delete AFTER DELETE ON track_artist
WHEN old.artist_item_id <> '' AND EXISTS (SELECT 1 FROM account WHERE id = old.account_id) BEGIN
    INSERT INTO artist_due (account_id, item_id) VALUES (old.account_id, old.artist_item_id)
        ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER artist_due_album_artist_delete AFTER DELETE ON album_artist
WHEN old.artist_item_id <> '' AND EXISTS (SELECT 1 FROM account WHERE id = old.account_id) BEGIN
    INSERT INTO artist_due (account_id, item_id) VALUES (old.account_id, old.artist_item_id)
        ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER artist_due_track_gone AFTER UPDATE OF gone_at ON track WHEN (old.gone_at IS NULL) <> (new.gone_at IS NULL) BEGIN
    INSERT INTO artist_due (account_id, item_id)
        SELECT account_id, artist_item_id FROM track_artist
        WHERE account_id = new.account_id AND track_item_id = new.item_id AND artist_item_id <> ''
        ON CONFLICT DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER artist_due_album_gone AFTER UPDATE OF gone_at ON album WHEN (old.gone_at IS NULL) <> (new.gone_at IS NULL) BEGIN
    INSERT INTO artist_due (account_id, item_id)
        SELECT account_id, artist_item_id FROM album_artist
        WHERE account_id = new.account_id AND album_item_id = new.item_id AND artist_item_id <> ''
        ON CONFLICT DO UPDATE SET changes = changes + 1;
END;

-- Counted once more: before, a sync that was killed left figures as they were.
INSERT OR IGNORE INTO artist_due (account_id, item_id) SELECT account_id, item_id FROM artist;
INSERT OR IGNORE INTO artist_due (account_id, item_id) SELECT account_id, artist_item_id FROM track_artist WHERE artist_item_id <> '';
