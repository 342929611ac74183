-- The first schema of Waxwing. Never edited once shipped: every later change is a file of its own.
-- Times are milliseconds since 1970 UTC, durations milliseconds, sizes bytes. Booleans are 0 or 1 in columns named is_… or has_….
-- Items are keyed by (account_id, item_id): the account is one user on one server, item_id is the server's own id.
-- References between items of a server (a track's album) are by item_id without a foreign key: a server may name an album it does not show us.

CREATE TABLE account (
    id              INTEGER PRIMARY KEY,
    server_id       TEXT    NOT NULL,                 -- the server's own stable id
    user_id         TEXT    NOT NULL,
    kind            TEXT    NOT NULL CHECK (kind IN ('jellyfin', 'soundwave')),
    server_name     TEXT    NOT NULL,
    server_version  TEXT    NOT NULL DEFAULT '',
    user_name       TEXT    NOT NULL,
    url             TEXT    NOT NULL,                 -- final origin and base path, no trailing slash
    certificate     TEXT,                             -- SHA-256 of a certificate the user trusts for this server only
    device_id       TEXT    NOT NULL,                 -- random, per installation and account
    is_active       INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
    is_download_allowed  INTEGER NOT NULL DEFAULT 1 CHECK (is_download_allowed IN (0, 1)),
    is_transcode_allowed INTEGER NOT NULL DEFAULT 1 CHECK (is_transcode_allowed IN (0, 1)),
    signed_in_at    INTEGER NOT NULL,
    UNIQUE (server_id, user_id)
) STRICT;

CREATE TABLE account_setting (
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    name            TEXT    NOT NULL,
    value           TEXT    NOT NULL,
    PRIMARY KEY (account_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE library_folder (                         -- a server's library («view»); the user may leave some out
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    item_id         TEXT    NOT NULL,
    title           TEXT    NOT NULL,
    kind            TEXT    NOT NULL DEFAULT '',
    is_synced       INTEGER NOT NULL DEFAULT 1 CHECK (is_synced IN (0, 1)),
    PRIMARY KEY (account_id, item_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE artist (
    id              INTEGER PRIMARY KEY,
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    item_id         TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    sort_name       TEXT    NOT NULL,                 -- folded: small letters without marks, so that plain comparison sorts well
    image_tag       TEXT,
    album_count     INTEGER NOT NULL DEFAULT 0,       -- kept by the sync from the albums here
    track_count     INTEGER NOT NULL DEFAULT 0,
    overview        TEXT,
    seen_pass       INTEGER NOT NULL DEFAULT 0,       -- number of the last full pass that saw it
    gone_at         INTEGER,
    UNIQUE (account_id, item_id)
) STRICT;
CREATE INDEX artist_by_name ON artist (sort_name, account_id, gone_at);

CREATE TABLE album (
    id              INTEGER PRIMARY KEY,
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    item_id         TEXT    NOT NULL,
    title           TEXT    NOT NULL,
    sort_title      TEXT    NOT NULL,
    artist_item_id  TEXT,                             -- first album artist; album_artist holds them all
    artist_name     TEXT    NOT NULL DEFAULT '',
    year            INTEGER,
    image_tag       TEXT,
    gain_db         REAL,                             -- album gain to reach -18 LUFS
    overview        TEXT,
    track_count     INTEGER NOT NULL DEFAULT 0,       -- kept by the sync from the tracks here
    duration_ms     INTEGER NOT NULL DEFAULT 0,
    added_at        INTEGER,
    seen_pass       INTEGER NOT NULL DEFAULT 0,
    gone_at         INTEGER,
    UNIQUE (account_id, item_id)
) STRICT;
-- Indexes that lists walk through in order hold account and gone_at too, so that a list of row numbers needs no look at the table.
CREATE INDEX album_by_title ON album (sort_title, account_id, gone_at);
CREATE INDEX album_by_artist_name ON album (artist_name COLLATE NOCASE, year, sort_title, account_id, gone_at);
CREATE INDEX album_by_added ON album (added_at, account_id, gone_at);
CREATE INDEX album_by_year ON album (year, sort_title, account_id, gone_at);
CREATE INDEX album_by_duration ON album (duration_ms, account_id, gone_at);

CREATE TABLE album_artist (
    account_id      INTEGER NOT NULL,
    album_item_id   TEXT    NOT NULL,
    position        INTEGER NOT NULL,
    artist_item_id  TEXT    NOT NULL,
    artist_name     TEXT    NOT NULL,
    PRIMARY KEY (account_id, album_item_id, position),
    FOREIGN KEY (account_id, album_item_id) REFERENCES album (account_id, item_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX album_artist_by_artist ON album_artist (account_id, artist_item_id);

CREATE TABLE track (
    id              INTEGER PRIMARY KEY,
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    item_id         TEXT    NOT NULL,
    title           TEXT    NOT NULL,
    sort_title      TEXT    NOT NULL,
    album_item_id   TEXT,
    album_title     TEXT    NOT NULL DEFAULT '',
    artist_name     TEXT    NOT NULL DEFAULT '',      -- all credited artists as shown, «A, B»
    album_artist    TEXT    NOT NULL DEFAULT '',
    disc            INTEGER,
    number          INTEGER,
    year            INTEGER,
    genre           TEXT    NOT NULL DEFAULT '',      -- all genres as shown; track_genre holds them one by one
    duration_ms     INTEGER,
    container       TEXT,
    size            INTEGER,                          -- of the original, where the server told us
    bitrate         INTEGER,
    path            TEXT,                             -- the server's own path: only its tail is of use, to know a moved file again
    musicbrainz_id  TEXT,
    image_tag       TEXT,                             -- own cover, else the album's is used
    gain_db         REAL,
    album_gain_db   REAL,
    has_lyrics      INTEGER NOT NULL DEFAULT 0 CHECK (has_lyrics IN (0, 1)),
    change_tag      TEXT,                             -- the server's cheap token of change
    added_at        INTEGER,
    problem         TEXT,                             -- why this item cannot be used, in words (limits of strangers' data)
    seen_pass       INTEGER NOT NULL DEFAULT 0,
    gone_at         INTEGER,
    UNIQUE (account_id, item_id)
) STRICT;
CREATE INDEX track_by_album ON track (account_id, album_item_id, disc, number, sort_title);
CREATE INDEX track_by_title ON track (sort_title, account_id, gone_at);
CREATE INDEX track_by_artist_name ON track (artist_name COLLATE NOCASE, album_title COLLATE NOCASE, disc, number, account_id, gone_at);
CREATE INDEX track_by_album_title ON track (album_title COLLATE NOCASE, disc, number, account_id, gone_at);
CREATE INDEX track_by_added ON track (added_at, account_id, gone_at);
CREATE INDEX track_by_year ON track (year, sort_title, account_id, gone_at);
CREATE INDEX track_by_duration ON track (duration_ms, account_id, gone_at);

CREATE TABLE track_artist (
    account_id      INTEGER NOT NULL,
    track_item_id   TEXT    NOT NULL,
    position        INTEGER NOT NULL,
    artist_item_id  TEXT    NOT NULL,
    artist_name     TEXT    NOT NULL,
    PRIMARY KEY (account_id, track_item_id, position),
    FOREIGN KEY (account_id, track_item_id) REFERENCES track (account_id, item_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX track_artist_by_artist ON track_artist (account_id, artist_item_id);

CREATE TABLE genre (
    id              INTEGER PRIMARY KEY,
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    name            TEXT    NOT NULL,
    item_id         TEXT,                             -- where the server has an id for it
    UNIQUE (account_id, name)
) STRICT;

CREATE TABLE track_genre (
    account_id      INTEGER NOT NULL,
    track_item_id   TEXT    NOT NULL,
    genre_id        INTEGER NOT NULL REFERENCES genre (id) ON DELETE CASCADE,
    position        INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, track_item_id, genre_id),
    FOREIGN KEY (account_id, track_item_id) REFERENCES track (account_id, item_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX track_genre_by_genre ON track_genre (genre_id, account_id, track_item_id);

CREATE TABLE playlist (
    id              INTEGER PRIMARY KEY,
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    item_id         TEXT    NOT NULL,                 -- local-<uuid> until the server knows it
    alias_id        TEXT,                             -- the local id it was born with
    title           TEXT    NOT NULL,
    sort_title      TEXT    NOT NULL,
    image_tag       TEXT,
    is_editable     INTEGER NOT NULL DEFAULT 0 CHECK (is_editable IN (0, 1)),
    track_count     INTEGER NOT NULL DEFAULT 0,
    duration_ms     INTEGER NOT NULL DEFAULT 0,
    change_tag      TEXT,
    items_tag       TEXT,                             -- the change tag whose entries are here
    items_synced_at INTEGER,
    seen_pass       INTEGER NOT NULL DEFAULT 0,
    gone_at         INTEGER,
    deleted_at      INTEGER,                          -- deleted here; undo is possible until it is purged
    UNIQUE (account_id, item_id)
) STRICT;
CREATE INDEX playlist_by_title ON playlist (sort_title, account_id, gone_at) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX playlist_by_alias ON playlist (account_id, alias_id) WHERE alias_id IS NOT NULL;

CREATE TABLE playlist_item (
    account_id      INTEGER NOT NULL,
    playlist_item_id TEXT   NOT NULL,                 -- the playlist's item_id
    position        INTEGER NOT NULL,
    track_item_id   TEXT    NOT NULL,
    entry_id        TEXT,                             -- the server's id of this entry
    PRIMARY KEY (account_id, playlist_item_id, position),
    FOREIGN KEY (account_id, playlist_item_id) REFERENCES playlist (account_id, item_id) ON DELETE CASCADE ON UPDATE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX playlist_item_by_track ON playlist_item (account_id, track_item_id);

-- Per field the server's value and the local one; a local value counts while its pending mark stands (UserState).
CREATE TABLE user_data (
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    item_id         TEXT    NOT NULL,
    kind            TEXT    NOT NULL CHECK (kind IN ('track', 'album', 'artist', 'playlist', 'genre')),
    is_favourite    INTEGER NOT NULL DEFAULT 0 CHECK (is_favourite IN (0, 1)),
    is_favourite_local   INTEGER CHECK (is_favourite_local IN (0, 1)),
    is_favourite_pending INTEGER NOT NULL DEFAULT 0 CHECK (is_favourite_pending IN (0, 1)),
    play_count      INTEGER NOT NULL DEFAULT 0,
    play_count_local INTEGER NOT NULL DEFAULT 0,      -- plays that the server does not know yet
    last_played_at  INTEGER,
    last_played_local_at INTEGER,
    position_ms     INTEGER NOT NULL DEFAULT 0,
    acknowledged_at INTEGER,                          -- when the server last took a change from here: older answers of it do not count
    -- What screens show: the local value while it is pending.
    is_favourite_shown   INTEGER NOT NULL GENERATED ALWAYS AS (CASE WHEN is_favourite_pending = 1 THEN coalesce(is_favourite_local, 0) ELSE is_favourite END) VIRTUAL,
    play_count_shown     INTEGER NOT NULL GENERATED ALWAYS AS (play_count + play_count_local) VIRTUAL,
    last_played_shown_at INTEGER GENERATED ALWAYS AS (nullif(max(coalesce(last_played_at, 0), coalesce(last_played_local_at, 0)), 0)) VIRTUAL,
    PRIMARY KEY (account_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_data_favourites ON user_data (kind, account_id, item_id) WHERE is_favourite_shown = 1;
CREATE INDEX user_data_recent ON user_data (kind, last_played_shown_at) WHERE last_played_shown_at IS NOT NULL;
CREATE INDEX user_data_most ON user_data (kind, play_count_shown) WHERE play_count_shown > 0;

CREATE TABLE image (                                  -- covers on disk in the evictable cache
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    item_id         TEXT    NOT NULL,
    tag             TEXT    NOT NULL,
    size            INTEGER NOT NULL,                 -- edge of the size bucket, pixels
    file            TEXT,                             -- below the image folder; null = asked for and refused
    bytes           INTEGER NOT NULL DEFAULT 0,
    problem         TEXT,
    fetched_at      INTEGER NOT NULL,
    used_seq        INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, item_id, tag, size)
) STRICT, WITHOUT ROWID;
CREATE INDEX image_by_use ON image (used_seq);

-- The wish for a track and its newest attempt. Requirements 2.2, 2.20, 2.21.
CREATE TABLE download (
    id              INTEGER PRIMARY KEY,
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    item_id         TEXT    NOT NULL,
    quality         TEXT    NOT NULL DEFAULT 'original',
    origin          TEXT    NOT NULL CHECK (origin IN ('playing', 'user', 'playlist', 'album', 'queue')),
    class           INTEGER NOT NULL CHECK (class BETWEEN 0 AND 3),     -- 0 playing-now, 1 user, 2 album rule, 3 pre-cache
    priority        INTEGER NOT NULL DEFAULT 0,
    status          TEXT    NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'downloading', 'completed', 'failed', 'paused')),
    reason          TEXT    CHECK (reason IN ('slot', 'network', 'metered', 'server', 'disk', 'signed-out', 'retry', 'schedule')),
    progress        REAL    NOT NULL DEFAULT 0.0,
    bytes_downloaded INTEGER NOT NULL DEFAULT 0,      -- durable bytes of the part file
    expected_size   INTEGER,
    mime_type       TEXT,
    part_path       TEXT,                             -- relative to its root
    file_path       TEXT,                             -- relative to its root; given once and kept
    root            TEXT    NOT NULL DEFAULT 'media' CHECK (root IN ('media', 'cache')),
    etag            TEXT,
    last_modified   TEXT,
    attempt         INTEGER NOT NULL DEFAULT 0,       -- messages of older attempts are dropped
    retry_count     INTEGER NOT NULL DEFAULT 0,
    restart_count   INTEGER NOT NULL DEFAULT 0,
    error_code      TEXT,
    error_message   TEXT,
    sha256          TEXT,
    queued_at       INTEGER NOT NULL,
    started_at      INTEGER,
    completed_at    INTEGER,
    is_cleared      INTEGER NOT NULL DEFAULT 0 CHECK (is_cleared IN (0, 1)),   -- «Clear completed» hides the row, not the file
    deleted_at      INTEGER,
    CHECK (status <> 'completed' OR completed_at IS NOT NULL),
    CHECK (bytes_downloaded >= 0 AND progress BETWEEN 0.0 AND 1.0)
) STRICT;
CREATE UNIQUE INDEX download_once ON download (account_id, item_id) WHERE deleted_at IS NULL;
CREATE INDEX download_next ON download (class, priority DESC, queued_at, id) WHERE status IN ('pending', 'downloading') AND deleted_at IS NULL;
CREATE INDEX download_by_status ON download (status, completed_at DESC, id) WHERE deleted_at IS NULL;

-- Bytes on disk. A download writes its row in the transaction that completes it.
CREATE TABLE media_file (
    id              INTEGER PRIMARY KEY,
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    item_id         TEXT    NOT NULL,
    quality         TEXT    NOT NULL DEFAULT 'original',
    root            TEXT    NOT NULL CHECK (root IN ('media', 'cache')),
    path            TEXT    NOT NULL,                 -- relative to the root, with «/»
    path_key        TEXT    NOT NULL,                 -- case-folded NFC of the path: no two files that some file system takes for one
    size            INTEGER NOT NULL,
    modified_at     INTEGER NOT NULL,
    mime_type       TEXT,
    sha256          TEXT    NOT NULL,
    etag            TEXT,
    last_modified   TEXT,
    is_pinned       INTEGER NOT NULL DEFAULT 0 CHECK (is_pinned IN (0, 1)),    -- kept by the user: never evicted
    used_seq        INTEGER NOT NULL DEFAULT 0,       -- order of use, a counter and not a clock
    last_access_at  INTEGER,
    completed_at    INTEGER NOT NULL,
    UNIQUE (account_id, item_id, quality)
) STRICT;
CREATE UNIQUE INDEX media_file_by_path ON media_file (root, path_key);
CREATE INDEX media_file_by_use ON media_file (is_pinned, used_seq);

-- Names given to downloads that are not finished yet live here too, so that two titles never get one file.
CREATE TABLE reserved_path (
    root            TEXT    NOT NULL CHECK (root IN ('media', 'cache')),
    path_key        TEXT    NOT NULL,
    download_id     INTEGER NOT NULL REFERENCES download (id) ON DELETE CASCADE,
    PRIMARY KEY (root, path_key)
) STRICT, WITHOUT ROWID;

-- Why a track is kept. A file goes only when no reason is left (KeepSet).
CREATE TABLE keep_reason (
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    track_item_id   TEXT    NOT NULL,
    kind            TEXT    NOT NULL CHECK (kind IN ('user', 'playlist', 'album', 'artist', 'rule', 'queue')),
    source_item_id  TEXT    NOT NULL,                 -- the track itself, or the collection that holds it here
    added_at        INTEGER NOT NULL,
    PRIMARY KEY (account_id, track_item_id, kind, source_item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX keep_reason_by_source ON keep_reason (account_id, source_item_id, kind);

CREATE TABLE play_history (
    id              INTEGER PRIMARY KEY,
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    track_item_id   TEXT    NOT NULL,
    title           TEXT    NOT NULL,                 -- what it was called then
    artist_name     TEXT    NOT NULL,
    played_at       INTEGER NOT NULL,
    played_ms       INTEGER NOT NULL,                 -- heard
    source          TEXT    NOT NULL CHECK (source IN ('local', 'cached', 'stream')),
    is_counted      INTEGER NOT NULL DEFAULT 0 CHECK (is_counted IN (0, 1)),
    deleted_at      INTEGER
) STRICT;
CREATE INDEX play_history_by_time ON play_history (played_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX play_history_by_track ON play_history (account_id, track_item_id, played_at);

CREATE TABLE queue_item (
    list            INTEGER NOT NULL,                 -- a long queue is written beside the old one, in pieces; player_state says which counts
    position        INTEGER NOT NULL,                 -- order as listed
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    track_item_id   TEXT    NOT NULL,
    entry           INTEGER NOT NULL,                 -- stable number of this entry within the queue
    origin          TEXT    NOT NULL DEFAULT 'source' CHECK (origin IN ('source', 'user')),
    PRIMARY KEY (list, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE player_state (                           -- one row
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    list            INTEGER NOT NULL DEFAULT 0,       -- queue_item.list that counts; rows of another are left over from a kill
    queue_index     INTEGER NOT NULL DEFAULT -1,
    position_ms     INTEGER NOT NULL DEFAULT 0,
    volume          INTEGER NOT NULL DEFAULT 100 CHECK (volume BETWEEN 0 AND 100),
    is_shuffled     INTEGER NOT NULL DEFAULT 0 CHECK (is_shuffled IN (0, 1)),
    repeat_mode     TEXT    NOT NULL DEFAULT 'off' CHECK (repeat_mode IN ('off', 'one', 'all')),
    source_title    TEXT    NOT NULL DEFAULT '',
    saved_at        INTEGER NOT NULL
) STRICT;

CREATE TABLE player_order (                           -- one row, apart from player_state: it is long and changes seldom
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    shuffle_order   TEXT    NOT NULL DEFAULT ''       -- entries in playing order, comma separated, when shuffled
) STRICT;

-- What the user did and the server does not know yet, in order per entity (Outbox).
CREATE TABLE pending_action (
    id              INTEGER PRIMARY KEY,
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    kind            TEXT    NOT NULL,                 -- favourite, play, playlist-create, playlist-add, playlist-remove, playlist-delete
    item_id         TEXT    NOT NULL,
    item_kind       TEXT    NOT NULL CHECK (item_kind IN ('track', 'album', 'artist', 'playlist', 'genre')),
    detail          TEXT    NOT NULL,                 -- by kind: on or off, the time of a play, the playlist's title
    token           TEXT    NOT NULL UNIQUE,          -- makes a replay recognisable
    created_at      INTEGER NOT NULL,
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_at         INTEGER,
    sent_at         INTEGER,                          -- put on the wire then: if set, whether the server has it must be looked up
    before_count    INTEGER,                          -- what the server counted before: plays of the track, entries of the playlist
    error           TEXT
) STRICT;
CREATE INDEX pending_action_by_item ON pending_action (account_id, item_id, id);

CREATE TABLE pending_action_item (                    -- the tracks that a playlist's action speaks of, in order
    action_id       INTEGER NOT NULL REFERENCES pending_action (id) ON DELETE CASCADE,
    position        INTEGER NOT NULL,
    track_item_id   TEXT    NOT NULL,
    entry_id        TEXT,                             -- the server's id of the entry, where it had one
    was_at          INTEGER,                          -- where a removed entry stood
    PRIMARY KEY (action_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_state (                             -- where a sync of one kind of item stands, so that it goes on after a kill
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    scope           TEXT    NOT NULL,                 -- 'artists', 'albums', 'tracks', 'playlists', 'user-data', …
    pass            INTEGER NOT NULL DEFAULT 0,
    next_cursor     TEXT    NOT NULL DEFAULT '',     -- opaque to us: how the server's own paging goes on
    seen            INTEGER NOT NULL DEFAULT 0,       -- distinct items read in this pass
    dropped         INTEGER NOT NULL DEFAULT 0,       -- entries of this pass that could not be used
    total           INTEGER,
    is_complete     INTEGER NOT NULL DEFAULT 0 CHECK (is_complete IN (0, 1)),
    watermark       TEXT,                             -- the server's own clock at the start of the last complete pass
    updated_at      INTEGER NOT NULL,
    PRIMARY KEY (account_id, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE lyrics (
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    track_item_id   TEXT    NOT NULL,
    body            TEXT,                             -- one line a line, LRC when timed; null = the server has none
    is_timed        INTEGER NOT NULL DEFAULT 0 CHECK (is_timed IN (0, 1)),
    fetched_at      INTEGER NOT NULL,
    PRIMARY KEY (account_id, track_item_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE counter (                                -- monotonic counters, such as the order of use
    name            TEXT    PRIMARY KEY,
    value           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Full-text search; rowid = the item's id. The text is folded and CJK characters set apart by the program (SearchText), which writes these
-- tables together with the items; only deletions, cascades among them, are followed here.
CREATE VIRTUAL TABLE track_fts USING fts5 (title, artist, album, album_artist, genre, content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');
CREATE VIRTUAL TABLE album_fts USING fts5 (title, artist, content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');
CREATE VIRTUAL TABLE artist_fts USING fts5 (name, content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');
CREATE VIRTUAL TABLE playlist_fts USING fts5 (title, content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');

CREATE TRIGGER track_fts_delete AFTER DELETE ON track BEGIN
    DELETE FROM track_fts WHERE rowid = old.id;
END;
CREATE TRIGGER album_fts_delete AFTER DELETE ON album BEGIN
    DELETE FROM album_fts WHERE rowid = old.id;
END;
CREATE TRIGGER artist_fts_delete AFTER DELETE ON artist BEGIN
    DELETE FROM artist_fts WHERE rowid = old.id;
END;
CREATE TRIGGER playlist_fts_delete AFTER DELETE ON playlist BEGIN
    DELETE FROM playlist_fts WHERE rowid = old.id;
END;
