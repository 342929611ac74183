-- What servers answered and can be asked again, with how long it counts (requirement 4.6); and what each cache did, so that the metrics outlive a run.

CREATE TABLE cache_entry (
    cache           TEXT    NOT NULL,                 -- similar, home, …
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    key             TEXT    NOT NULL,
    value           TEXT    NOT NULL,
    bytes           INTEGER NOT NULL,
    etag            TEXT,                             -- the server's word for this version, where it has one
    stored_at       INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL,                 -- fresh before; afterwards good enough only while its server is away
    last_access     INTEGER NOT NULL,
    PRIMARY KEY (cache, account_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX cache_entry_by_use ON cache_entry (cache, last_access);
CREATE INDEX cache_entry_by_account ON cache_entry (account_id);

CREATE TABLE cache_figure (
    cache           TEXT    NOT NULL PRIMARY KEY,
    hits            INTEGER NOT NULL DEFAULT 0,
    misses          INTEGER NOT NULL DEFAULT 0,
    network         INTEGER NOT NULL DEFAULT 0,       -- misses that went on to a server
    errors          INTEGER NOT NULL DEFAULT 0,
    evictions       INTEGER NOT NULL DEFAULT 0,
    nanos           INTEGER NOT NULL DEFAULT 0,       -- of all hits and misses together
    histogram       TEXT    NOT NULL DEFAULT ''       -- answers by time, comma separated
) STRICT, WITHOUT ROWID;
