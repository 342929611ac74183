-- Lists in order of artist and album sort as titles do: by names in small letters without marks (SearchText.sort), which plain comparison sorts well.

ALTER TABLE track ADD COLUMN sort_artist TEXT NOT NULL DEFAULT '';
ALTER TABLE track ADD COLUMN sort_album TEXT NOT NULL DEFAULT '';
ALTER TABLE album ADD COLUMN sort_artist TEXT NOT NULL DEFAULT '';

DROP INDEX track_by_artist_name;
DROP INDEX track_by_album_title;
DROP INDEX track_by_genre;
DROP INDEX album_by_artist_name;

-- This is all there is to do for names of ASCII; SQLite cannot fold the others, NameRefill does after the start.
UPDATE track SET sort_artist = lower(trim(artist_name)), sort_album = lower(trim(album_title));
UPDATE album SET sort_artist = lower(trim(artist_name));
INSERT OR IGNORE INTO counter (name, value) SELECT 'names-unfolded', 1 WHERE EXISTS (SELECT 1 FROM track) OR EXISTS (SELECT 1 FROM album);

CREATE INDEX track_by_artist_name ON track (sort_artist, sort_album, disc, number, account_id, gone_at);
CREATE INDEX track_by_album_title ON track (sort_album, disc, number, account_id, gone_at);
CREATE INDEX track_by_genre ON track (genre COLLATE NOCASE, sort_artist, sort_album, disc, number, account_id, gone_at);
CREATE INDEX album_by_artist_name ON album (sort_artist, year, sort_title, account_id, gone_at);

-- A space before a name is no reason to stand first.
UPDATE track SET sort_title = ltrim(sort_title) WHERE sort_title >= ' ' AND sort_title < '!';
UPDATE album SET sort_title = ltrim(sort_title) WHERE sort_title >= ' ' AND sort_title < '!';
UPDATE artist SET sort_name = ltrim(sort_name) WHERE sort_name >= ' ' AND sort_name < '!';
UPDATE playlist SET sort_title = ltrim(sort_title) WHERE deleted_at IS NULL AND sort_title >= ' ' AND sort_title < '!';

-- Search learns more ways to write a name («acdc», «guns and roses»): SearchRefill looks for this mark and writes the index anew.
INSERT OR IGNORE INTO counter (name, value) SELECT 'search-index-missing', 1
    WHERE EXISTS (SELECT 1 FROM artist) OR EXISTS (SELECT 1 FROM album) OR EXISTS (SELECT 1 FROM track) OR EXISTS (SELECT 1 FROM playlist);
