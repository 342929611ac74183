-- What stands in the middle of words: every word of the search indexes once, and an index of its trigrams. A word of three letters has no middle of
-- three letters, so the shortest here has four. The program writes words with the other indexes (MiddleWords); those that nothing holds any more go
-- once a day (Retention).
CREATE TABLE search_word (
    id              INTEGER PRIMARY KEY,
    word            TEXT    NOT NULL UNIQUE,          -- folded as the indexes hold it
    kinds           INTEGER NOT NULL                  -- what it is a word of, added up: 1 artists, 2 albums, 4 tracks, 8 playlists
) STRICT;
CREATE VIRTUAL TABLE word_fts USING fts5 (word, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1', detail = none);
CREATE TRIGGER search_word_insert AFTER INSERT ON search_word BEGIN
    INSERT INTO word_fts (rowid, word) VALUES (new.id, new.word);
END;
CREATE TRIGGER search_word_delete AFTER DELETE ON search_word BEGIN
    DELETE FROM word_fts WHERE rowid = old.id;
END;

-- The words that are there already; in a database that lacks its indexes SearchRefill writes them.
INSERT INTO search_word (word, kinds)
    SELECT term, sum(kind) FROM (
        SELECT term, 1 AS kind FROM artist_fts_words UNION ALL SELECT term, 2 FROM album_fts_words
        UNION ALL SELECT term, 4 FROM track_fts_words UNION ALL SELECT term, 8 FROM playlist_fts_words)
    WHERE length(term) >= 4 GROUP BY term;
