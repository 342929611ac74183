-- What holds downloads, and their order.

-- «battery» is a reason too. The column is made anew: SQLite cannot change a CHECK, and rebuilding the table would take reserved_path's rows with it.
ALTER TABLE download ADD COLUMN waits_for TEXT
    CHECK (waits_for IN ('slot', 'network', 'metered', 'server', 'disk', 'signed-out', 'retry', 'schedule', 'battery'));
UPDATE download SET waits_for = reason WHERE reason IS NOT NULL;
ALTER TABLE download DROP COLUMN reason;
ALTER TABLE download RENAME COLUMN waits_for TO reason;

-- «Download now anyway»: neither hours nor what the network costs nor the battery hold it.
ALTER TABLE download ADD COLUMN is_anyway INTEGER NOT NULL DEFAULT 0 CHECK (is_anyway IN (0, 1));
-- Its place among those of its class and priority; by age at first (nanoseconds since 1970, so that others fit between), changed by hand later.
ALTER TABLE download ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
UPDATE download SET place = queued_at * 1000000;

-- Each account and class has a line of its own: a long one that is held must not hide a short one.
DROP INDEX download_next;
CREATE INDEX download_next ON download (account_id, class, is_anyway, priority DESC, place, id) WHERE status = 'pending' AND deleted_at IS NULL;

-- Bytes fetched of an item since a time, for the guard against fetching the same again and again. Outlives the download's row.
CREATE TABLE download_traffic (
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    item_id         TEXT    NOT NULL,
    bytes           INTEGER NOT NULL CHECK (bytes >= 0),
    since           INTEGER NOT NULL,
    PRIMARY KEY (account_id, item_id)
) STRICT, WITHOUT ROWID;

-- What the user said of networks of which the system does not know whether they cost.
CREATE TABLE network_choice (
    network         TEXT    PRIMARY KEY,
    is_metered      INTEGER NOT NULL CHECK (is_metered IN (0, 1)),
    chosen_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
