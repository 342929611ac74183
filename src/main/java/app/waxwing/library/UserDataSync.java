package app.waxwing.library;

import static app.waxwing.store.schema.Tables.USER_DATA;

import app.waxwing.server.ItemKind;
import app.waxwing.server.Page;
import app.waxwing.server.RemoteUserData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.impl.DSL;

/// Favourites and plays, for which servers keep no list of changes: the complete sets of favourites, and plays back to the last sync.
final class UserDataSync {
    /// Rows a transaction: a few milliseconds, so that edits get in between.
    private static final int CHUNK = 200;
    private final SyncContext context;

    UserDataSync(SyncContext context) {
        this.context = context;
    }

    /// @param since the watermark of the last complete sync; empty the first time
    void run(Optional<Instant> since) {
        for (ItemKind kind : List.of(ItemKind.TRACK, ItemKind.ALBUM, ItemKind.ARTIST, ItemKind.PLAYLIST)) favourites(kind);
        plays(since);
        context.changes().changed(Library.Change.USER_STATE);
    }

    private void favourites(ItemKind kind) {
        Instant asked = context.time().now();
        Set<String> told = new HashSet<>();
        Optional<String> cursor = Optional.of(Page.FIRST);
        while (cursor.isPresent()) {
            context.check();
            Page<String> page = context.server().favourites(kind, cursor.get(), SyncContext.PAGE);
            told.addAll(page.items());
            cursor = page.next().equals(cursor) ? Optional.empty() : page.next();
        }
        Set<String> known = context.read(sql -> sql.select(USER_DATA.ITEM_ID).from(USER_DATA)
                .where(USER_DATA.ACCOUNT_ID.eq(context.account()), USER_DATA.KIND.eq(kind.word()),
                        DSL.condition("user_data.is_favourite = 1"))
                .fetchSet(USER_DATA.ITEM_ID));
        set(kind, told.stream().filter(id -> !known.contains(id)).toList(), true, asked);
        set(kind, known.stream().filter(id -> !told.contains(id)).toList(), false, asked);
    }

    private void set(ItemKind kind, List<String> ids, boolean on, Instant asked) {
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<String> chunk = ids.subList(from, Math.min(ids.size(), from + CHUNK));
            context.write(sql -> Batch.run(sql, connection -> {
                try (var writer = new UserDataWriter(connection, context.account(), asked)) {
                    for (String id : chunk) writer.favourite(kind, id, on);
                }
                return chunk.size();
            }));
        }
    }

    private void plays(Optional<Instant> since) {
        Optional<String> cursor = Optional.of(Page.FIRST);
        while (cursor.isPresent()) {
            context.check();
            Instant asked = context.time().now();
            Page<RemoteUserData> page = context.server().recentlyPlayed(cursor.get(), SyncContext.PAGE);
            for (int from = 0; from < page.items().size(); from += CHUNK) {
                List<RemoteUserData> chunk = new ArrayList<>(page.items().subList(from, Math.min(page.items().size(), from + CHUNK)));
                context.write(sql -> Batch.run(sql, connection -> {
                    try (var writer = new UserDataWriter(connection, context.account(), asked)) {
                        for (RemoteUserData data : chunk) writer.put(ItemKind.TRACK, data);
                    }
                    return chunk.size();
                }));
            }
            boolean old = since.isPresent()
                    && page.items().stream().anyMatch(d -> d.lastPlayed().filter(at -> at.isBefore(since.get())).isPresent());
            cursor = old || page.next().equals(cursor) ? Optional.empty() : page.next();
        }
    }
}
