-- «Playable now» asks of every file whether its folder is there: answered from this index alone, without a look at the table.
CREATE INDEX media_file_by_folder ON media_file (folder_id, account_id, item_id);
