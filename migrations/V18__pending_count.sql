-- How many actions of an account wait is told after every edit and every play: kept as a number, so that months without a network do not make it slow.

CREATE TABLE pending_count (
    account_id      INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    waiting         INTEGER NOT NULL
) STRICT;
INSERT INTO pending_count SELECT account_id, count(*) FROM pending_action GROUP BY account_id;
CREATE TRIGGER pending_count_insert AFTER INSERT ON pending_action BEGIN
    INSERT INTO pending_count (account_id, waiting) VALUES (new.account_id, 1) ON CONFLICT (account_id) DO UPDATE SET waiting = waiting + 1;
END;
CREATE TRIGGER pending_count_delete AFTER DELETE ON pending_action BEGIN
    UPDATE pending_count SET waiting = waiting - 1 WHERE account_id = old.account_id;
END;
