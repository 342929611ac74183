-- Lists of tracks in order of genre and of size, straight from an index as every other order (requirement 4.11).

CREATE INDEX track_by_genre ON track (genre COLLATE NOCASE, artist_name COLLATE NOCASE, album_title COLLATE NOCASE, disc, number, account_id, gone_at);
CREATE INDEX track_by_size ON track (size, sort_title, account_id, gone_at);
