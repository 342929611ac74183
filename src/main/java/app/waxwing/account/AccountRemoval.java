package app.waxwing.account;

import static app.waxwing.store.schema.Tables.ACCOUNT;

import app.waxwing.store.Audit;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Erasures;
import app.waxwing.store.Lane;
import app.waxwing.store.SearchOwners;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Takes an account's rows out of the store: the large tables first and in small pieces, so that nobody's edit waits for them, the account last. What
/// is left after a crash goes with the next try, which comes by itself where its data are to be deleted.
final class AccountRemoval {
    /// Tables that may hold a row or more for each track.
    private static final List<String> LARGE = List.of("track_artist", "track_genre", "playlist_item", "track", "user_data", "image",
            "lyrics",
            "play_history", "album", "artist");
    private static final int PIECE = 500;
    /// In place of a user's name.
    private static final String SOMEBODY = "an account";

    private final Database database;

    AccountRemoval(Database database) {
        this.database = database;
    }

    /// Writes down, before anything goes, that all data of the account are to be deleted. From then on it is not shown; where another user of its
    /// server is here, that one counts. Blocks.
    void wish(Account going) {
        database.write(Durability.KEPT, Lane.USER, sql -> {
            Erasures.wish(sql, going.id(), going.serverId(), going.userId());
            AccountStore.passOn(sql, going.serverId(), going.id());
            return sql.update(ACCOUNT).set(ACCOUNT.IS_ACTIVE, false).where(ACCOUNT.ID.eq(going.id())).execute();
        }).join();
    }

    /// The data of the account are to be deleted, and are not all yet. Blocks for a moment.
    boolean wished(Account account) {
        return database.readNow(sql -> Erasures.wished(sql, account.id()));
    }

    /// Blocks until all is gone: on an `io-*` thread. Where another user of the server is left, that one counts from then on.
    ///
    /// @param erased what was written down of its deeds goes too, and what other files hold of it is to go
    void remove(Account gone, boolean signedOut, boolean erased, Instant now) {
        long account = gone.id();
        for (String name : LARGE) {
            Table<?> table = DSL.table(DSL.name(name));
            Field<Long> owner = DSL.field(DSL.name("account_id"), Long.class);
            while (piece(table, owner, account).join() == PIECE);
        }
        database.write(Durability.KEPT, Lane.USER, sql -> {
            String who = Audit.who(gone.userName(), gone.serverName());
            SearchOwners.forget(sql, account);
            int removed = sql.deleteFrom(ACCOUNT).where(ACCOUNT.ID.eq(account)).execute();
            AccountStore.passOn(sql, gone.serverId(), account);
            if (erased) {
                Audit.forget(sql, gone.userName(), gone.serverName());
                Erasures.note(sql, account, gone.serverId(), gone.userId(), now);
                // That there was one may be read; whose it was is among what is to be gone, here and in the backup that is made next.
                who = Audit.who(SOMEBODY, gone.serverName());
            } else {
                Audit.write(sql, now, Audit.Actor.USER, Audit.SIGN_OUT, who, signedOut ? Audit.DONE : "not told to the server");
            }
            Audit.write(sql, now, Audit.ACCOUNT_DELETED, who);
            // The library never shows no server at all: with the last one that it showed gone, it shows the others.
            if (!sql.fetchExists(ACCOUNT, ACCOUNT.IS_ACTIVE.isTrue(), ACCOUNT.IS_SHOWN.isTrue())) {
                sql.update(ACCOUNT).set(ACCOUNT.IS_SHOWN, true).execute();
            }
            return removed;
        }).join();
    }

    private CompletableFuture<Integer> piece(Table<?> table, Field<Long> owner, long account) {
        // Tables without rowid are kept in the order of their key, which begins with the account.
        boolean keyed = List.of("track_artist", "track_genre", "playlist_item", "user_data", "image", "lyrics").contains(table.getName());
        if (keyed) {
            return database.write(Durability.SOON, Lane.BULK, sql -> {
                Field<String> item = DSL.field(DSL.name(key(table.getName())), String.class);
                var some = sql.select(item).from(table).where(owner.eq(account)).limit(PIECE).fetch(item);
                if (some.isEmpty()) return 0;
                sql.deleteFrom(table).where(owner.eq(account)).and(item.in(some)).execute();
                return some.size();
            });
        }
        Field<Long> id = DSL.field(DSL.name("id"), Long.class);
        return database.write(Durability.SOON, Lane.BULK, sql -> sql.deleteFrom(table)
                .where(id.in(DSL.select(id).from(table).where(owner.eq(account)).limit(PIECE))).execute());
    }

    private static String key(String table) {
        return switch (table) {
            case "track_artist", "track_genre", "lyrics" -> "track_item_id";
            case "playlist_item" -> "playlist_item_id";
            case "user_data", "image" -> "item_id";
            default -> throw new IllegalArgumentException(table);
        };
    }
}
