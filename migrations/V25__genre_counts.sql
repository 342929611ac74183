-- How many tracks a genre has is kept on its row, listed or not: counted in the index it took a tenth of a second at a million tracks.

ALTER TABLE genre ADD COLUMN track_count INTEGER NOT NULL DEFAULT 0;

UPDATE genre SET track_count = (SELECT count(*) FROM track_genre WHERE track_genre.genre_id = genre.id);

CREATE TRIGGER genre_count_insert AFTER INSERT ON track_genre BEGIN
    UPDATE genre SET track_count = track_count + 1 WHERE id = new.genre_id;
END;
CREATE TRIGGER genre_count_delete AFTER DELETE ON track_genre BEGIN
    UPDATE genre SET track_count = track_count - 1 WHERE id = old.genre_id;
END;
CREATE TRIGGER genre_count_update AFTER UPDATE OF genre_id ON track_genre BEGIN
    UPDATE genre SET track_count = track_count - 1 WHERE id = old.genre_id;
    UPDATE genre SET track_count = track_count + 1 WHERE id = new.genre_id;
END;
