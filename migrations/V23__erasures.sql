-- Whose data were deleted here while backups and set-aside databases may hold them still. Written in the transaction in which the account goes and
-- deleted when nothing holds them any longer, so that neither a full disk nor a crash in between ends it half done. No reference to the account: the
-- row is there because that one is not.
CREATE TABLE erasure (
    id              INTEGER PRIMARY KEY,
    account_id      INTEGER NOT NULL,                 -- the number that the account had
    server_id       TEXT    NOT NULL,
    user_id         TEXT    NOT NULL,
    erased_at       INTEGER NOT NULL
) STRICT;
