-- Kept music may lie in several folders. `root` goes on saying which kind of place a file is in: 'media' for what is kept, 'cache' for what may
-- go; of 'media', folder_id names the folder. Names stay unique over all media folders (media_file_by_path, reserved_path), so that a file can
-- move from one to another under the name it was given.
CREATE TABLE media_folder (
    id              INTEGER PRIMARY KEY,
    path            TEXT    NOT NULL UNIQUE,          -- absolute; empty until the first start after this migration fills it in
    marker          INTEGER,                          -- id in its .waxwing/root.json; null before it was opened for the first time
    is_default      INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),   -- new downloads go here
    is_missing      INTEGER NOT NULL DEFAULT 0 CHECK (is_missing IN (0, 1)),   -- as the last look found it
    move_to         INTEGER REFERENCES media_folder (id),                      -- its music is on the way there
    move_phase      TEXT    CHECK (move_phase IN ('copying', 'clearing', 'taking-back')),
    CHECK ((move_to IS NULL) = (move_phase IS NULL))
) STRICT;
CREATE UNIQUE INDEX media_folder_default ON media_folder (is_default) WHERE is_default = 1;

INSERT INTO media_folder (id, path, marker, is_default) VALUES (1, '', (SELECT value FROM counter WHERE name = 'media-root'), 1);
DELETE FROM counter WHERE name = 'media-root';

ALTER TABLE media_file ADD COLUMN folder_id INTEGER REFERENCES media_folder (id);   -- exactly where root = 'media'
ALTER TABLE download ADD COLUMN folder_id INTEGER REFERENCES media_folder (id);     -- likewise
UPDATE media_file SET folder_id = 1 WHERE root = 'media';
UPDATE download SET folder_id = 1 WHERE root = 'media';
