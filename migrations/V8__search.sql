-- Every word of the search indexes, for slips of the finger: views into the indexes, without rows of their own.
CREATE VIRTUAL TABLE track_fts_words USING fts5vocab ('track_fts', 'row');
CREATE VIRTUAL TABLE album_fts_words USING fts5vocab ('album_fts', 'row');
CREATE VIRTUAL TABLE artist_fts_words USING fts5vocab ('artist_fts', 'row');
CREATE VIRTUAL TABLE playlist_fts_words USING fts5vocab ('playlist_fts', 'row');

-- The words of lyrics, where they are known; rowid = the track's id. Written by the program, as the other indexes are.
CREATE VIRTUAL TABLE lyrics_fts USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER lyrics_fts_delete AFTER DELETE ON track BEGIN
    DELETE FROM lyrics_fts WHERE rowid = old.id;
END;
-- Words that were fetched before come into the index after the start: SearchRefill looks for this mark.
INSERT OR IGNORE INTO counter (name, value) SELECT 'search-index-missing', 1 WHERE EXISTS (SELECT 1 FROM lyrics WHERE body IS NOT NULL);

-- What was looked for, each text once for every account that was signed in.
CREATE TABLE search_history (
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    folded          TEXT    NOT NULL,                 -- small letters without marks: what counts as the same text
    typed           TEXT    NOT NULL,
    searched_at     INTEGER NOT NULL,
    PRIMARY KEY (account_id, folded)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_history_by_time ON search_history (account_id, searched_at);
CREATE INDEX search_history_by_age ON search_history (searched_at);
