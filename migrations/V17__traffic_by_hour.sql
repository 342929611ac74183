-- Bytes fetched of each item by the hour, so that any 24 hours can be looked at. What was counted of a day before is taken for its first hour.

CREATE TABLE traffic_anew (
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    item_id         TEXT    NOT NULL,
    hour            INTEGER NOT NULL,                 -- since 1970
    bytes           INTEGER NOT NULL CHECK (bytes >= 0),
    PRIMARY KEY (account_id, item_id, hour)
) STRICT, WITHOUT ROWID;
INSERT INTO traffic_anew SELECT account_id, item_id, since / 3600000, bytes FROM download_traffic;
DROP TABLE download_traffic;
ALTER TABLE traffic_anew RENAME TO download_traffic;
