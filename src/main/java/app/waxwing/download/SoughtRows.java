package app.waxwing.download;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.ACCOUNT_SETTING;

import app.waxwing.store.Durability;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// For which accounts all music folders were looked through for files of theirs, and of which it is known here what they keep. It goes with the
/// account, and a search that did not come to its end is made again.
final class SoughtRows {
    private static final Logger LOG = LoggerFactory.getLogger(SoughtRows.class);
    private static final String NAME = "files.sought";
    private static final String RECALLED = "kept.recalled";
    private final Rows rows;

    SoughtRows(Rows rows) {
        this.rows = rows;
    }

    CompletableFuture<List<Long>> unended() {
        return rows.read(sql -> sql.select(ACCOUNT.ID).from(ACCOUNT).where(DSL.notExists(DSL.selectOne().from(ACCOUNT_SETTING)
                .where(ACCOUNT_SETTING.ACCOUNT_ID.eq(ACCOUNT.ID), ACCOUNT_SETTING.NAME.eq(NAME)))).fetch(ACCOUNT.ID));
    }

    /// What cannot be noted is looked for once more by the next start.
    void ended(Collection<Long> accounts) {
        rows.write(Durability.SOON, sql -> sql.insertInto(ACCOUNT_SETTING, ACCOUNT_SETTING.ACCOUNT_ID, ACCOUNT_SETTING.NAME,
                ACCOUNT_SETTING.VALUE)
                .select(DSL.select(ACCOUNT.ID, DSL.inline(NAME), DSL.inline("yes")).from(ACCOUNT).where(ACCOUNT.ID.in(accounts)))
                .onConflictDoNothing().execute()).exceptionally(e -> {
                    LOG.warn("not noted whose files were looked for", e);
                    return 0;
                });
    }

    /// Of these accounts the tables know what they keep: it was taken over from the folders, or there was nothing to take over.
    CompletableFuture<Set<Long>> recalled() {
        return rows.read(sql -> sql.select(ACCOUNT_SETTING.ACCOUNT_ID).from(ACCOUNT_SETTING).where(ACCOUNT_SETTING.NAME.eq(RECALLED))
                .fetchSet(ACCOUNT_SETTING.ACCOUNT_ID));
    }

    /// Within the transaction that takes it over.
    static void recalled(DSLContext sql, long account) {
        sql.insertInto(ACCOUNT_SETTING).set(ACCOUNT_SETTING.ACCOUNT_ID, account).set(ACCOUNT_SETTING.NAME, RECALLED)
                .set(ACCOUNT_SETTING.VALUE, "yes").onConflictDoNothing().execute();
    }
}
