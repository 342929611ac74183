-- Why a file is kept changes after its line in the manifest of its folder was written. What is to be said there anew is noted in the transaction that
-- changes it, whoever makes it, and stands here until it is written: a crash in between loses nothing.

CREATE TABLE manifest_due (
    id              INTEGER PRIMARY KEY AUTOINCREMENT, -- another with each change: what changed again while its line was written stays due
    account_id      INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    item_id         TEXT    NOT NULL,                 -- a track with a finished file; empty: which collections the account keeps
    UNIQUE (account_id, item_id)
) STRICT;

CREATE TRIGGER manifest_due_file_insert AFTER INSERT ON media_file BEGIN
    DELETE FROM manifest_due WHERE account_id = new.account_id AND item_id = new.item_id;
    INSERT INTO manifest_due (account_id, item_id) VALUES (new.account_id, new.item_id);
END;
CREATE TRIGGER manifest_due_file_update AFTER UPDATE OF item_id, root, folder_id, path ON media_file BEGIN
    DELETE FROM manifest_due WHERE account_id = new.account_id AND item_id = new.item_id;
    INSERT INTO manifest_due (account_id, item_id) VALUES (new.account_id, new.item_id);
END;
CREATE TRIGGER manifest_due_reason_insert AFTER INSERT ON keep_reason
WHEN EXISTS (SELECT 1 FROM media_file WHERE account_id = new.account_id AND item_id = new.track_item_id) BEGIN
    DELETE FROM manifest_due WHERE account_id = new.account_id AND item_id = new.track_item_id;
    INSERT INTO manifest_due (account_id, item_id) VALUES (new.account_id, new.track_item_id);
END;
CREATE TRIGGER manifest_due_reason_update AFTER UPDATE ON keep_reason
WHEN EXISTS (SELECT 1 FROM media_file WHERE account_id = new.account_id AND item_id = new.track_item_id) BEGIN
    DELETE FROM manifest_due WHERE account_id = new.account_id AND item_id = new.track_item_id;
    INSERT INTO manifest_due (account_id, item_id) VALUES (new.account_id, new.track_item_id);
END;
-- With an account go its reasons, and what the manifest says of its files stays as it is.
CREATE TRIGGER manifest_due_reason_delete AFTER DELETE ON keep_reason
WHEN EXISTS (SELECT 1 FROM media_file WHERE account_id = old.account_id AND item_id = old.track_item_id)
    AND EXISTS (SELECT 1 FROM account WHERE id = old.account_id) BEGIN
    DELETE FROM manifest_due WHERE account_id = old.account_id AND item_id = old.track_item_id;
    INSERT INTO manifest_due (account_id, item_id) VALUES (old.account_id, old.track_item_id);
END;

CREATE TRIGGER manifest_due_kept_insert AFTER INSERT ON kept_collection BEGIN
    DELETE FROM manifest_due WHERE account_id = new.account_id AND item_id = '';
    INSERT INTO manifest_due (account_id, item_id) VALUES (new.account_id, '');
END;
CREATE TRIGGER manifest_due_kept_update AFTER UPDATE ON kept_collection BEGIN
    DELETE FROM manifest_due WHERE account_id = new.account_id AND item_id = '';
    INSERT INTO manifest_due (account_id, item_id) VALUES (new.account_id, '');
END;
CREATE TRIGGER manifest_due_kept_delete AFTER DELETE ON kept_collection
WHEN EXISTS (SELECT 1 FROM account WHERE id = old.account_id) BEGIN
    DELETE FROM manifest_due WHERE account_id = old.account_id AND item_id = '';
    INSERT INTO manifest_due (account_id, item_id) VALUES (old.account_id, '');
END;
CREATE TRIGGER manifest_due_exception_insert AFTER INSERT ON keep_exception BEGIN
    DELETE FROM manifest_due WHERE account_id = new.account_id AND item_id = '';
    INSERT INTO manifest_due (account_id, item_id) VALUES (new.account_id, '');
END;
CREATE TRIGGER manifest_due_exception_update AFTER UPDATE ON keep_exception BEGIN
    DELETE FROM manifest_due WHERE account_id = new.account_id AND item_id = '';
    INSERT INTO manifest_due (account_id, item_id) VALUES (new.account_id, '');
END;
CREATE TRIGGER manifest_due_exception_delete AFTER DELETE ON keep_exception
WHEN EXISTS (SELECT 1 FROM account WHERE id = old.account_id) BEGIN
    DELETE FROM manifest_due WHERE account_id = old.account_id AND item_id = '';
    INSERT INTO manifest_due (account_id, item_id) VALUES (old.account_id, '');
END;

-- What was written before says the reasons of the day when each file came.
INSERT INTO manifest_due (account_id, item_id) SELECT DISTINCT account_id, item_id FROM media_file;
INSERT INTO manifest_due (account_id, item_id) SELECT id, '' FROM account;
-- Of these accounts the table knows what they keep; of one that signs in (again) the folders are asked first.
INSERT INTO account_setting (account_id, name, value) SELECT id, 'kept.recalled', 'yes' FROM account;
