-- What is on this computer in order of the size of its files, straight from an index as every other order (requirement 4.11).

CREATE INDEX media_file_by_size ON media_file (size, account_id, item_id);
