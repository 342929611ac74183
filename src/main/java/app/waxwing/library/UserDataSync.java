package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.ARTIST;
import static app.waxwing.store.schema.Tables.PLAYLIST;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.USER_DATA;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.server.ItemKind;
import app.waxwing.server.Page;
import app.waxwing.server.RemoteTrack;
import app.waxwing.server.RemoteUserData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
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

    /// What a server says by itself. Kinds are those of the rows here; what is not here is of no use.
    static void told(AccountRows rows, List<RemoteUserData> items, Instant asked) {
        for (int from = 0; from < items.size(); from += CHUNK) {
            List<RemoteUserData> chunk = items.subList(from, Math.min(items.size(), from + CHUNK));
            Set<String> ids = chunk.stream().map(RemoteUserData::itemId).collect(java.util.stream.Collectors.toSet());
            rows.write(sql -> {
                Set<String> tracks = here(sql, TRACK, TRACK.ACCOUNT_ID.eq(rows.account()), TRACK.ITEM_ID, ids);
                Map<ItemKind, Set<String>> others = Map.of(
                        ItemKind.ALBUM, here(sql, ALBUM, ALBUM.ACCOUNT_ID.eq(rows.account()), ALBUM.ITEM_ID, ids),
                        ItemKind.ARTIST, here(sql, ARTIST, ARTIST.ACCOUNT_ID.eq(rows.account()), ARTIST.ITEM_ID, ids),
                        ItemKind.PLAYLIST, here(sql, PLAYLIST, PLAYLIST.ACCOUNT_ID.eq(rows.account()), PLAYLIST.ITEM_ID, ids));
                return Batch.run(sql, connection -> {
                    try (var writer = new UserDataWriter(connection, rows.account(), asked)) {
                        for (RemoteUserData data : chunk) {
                            if (tracks.contains(data.itemId())) writer.put(ItemKind.TRACK, data);
                            for (var other : others.entrySet()) {
                                if (other.getValue().contains(data.itemId()))
                                    writer.favourite(other.getKey(), data.itemId(), data.favourite());
                            }
                        }
                    }
                    return chunk.size();
                });
            });
        }
    }

    private static Set<String> here(DSLContext sql, Table<?> table, Condition account, Field<String> item, Set<String> ids) {
        return sql.select(item).from(table).where(account, item.in(ids)).fetchSet(item);
    }

    private void favourites(ItemKind kind) {
        Instant asked = context.time().now();
        Set<String> told = new HashSet<>();
        long total = 0;
        Optional<String> cursor = Optional.of(Page.FIRST);
        while (cursor.isPresent()) {
            GiveWay.to(context);
            Page<String> page = context.server().favourites(kind, cursor.get(), SyncContext.PAGE);
            told.addAll(page.items());
            total = page.total().orElse(total);
            context.tell("favourites", told.size(), total);
            cursor = page.next().equals(cursor) ? Optional.empty() : page.next();
        }
        Set<String> known = context.read(sql -> sql.select(USER_DATA.ITEM_ID).from(USER_DATA)
                .where(USER_DATA.ACCOUNT_ID.eq(context.account()), USER_DATA.KIND.eq(kind.word()),
                        DSL.condition("user_data.is_favourite = 1"))
                .fetchSet(USER_DATA.ITEM_ID));
        set(kind, told.stream().filter(id -> !known.contains(id)).toList(), true, asked);
        set(kind, denied(kind, known.stream().filter(id -> !told.contains(id)).toList()), false, asked);
    }

    /// Of favourites that the server's list lacks, those that it gives and says are none: what it no longer has is in no list of it, and stays a
    /// favourite with its row, for the row's sake and for a move ([MovedRows]). What has no row here is nobody's favourite.
    private List<String> denied(ItemKind kind, List<String> missing) {
        List<String> denied = new ArrayList<>();
        for (int from = 0; from < missing.size(); from += Tables.MANY) {
            List<String> some = missing.subList(from, Math.min(missing.size(), from + Tables.MANY));
            Map<String, Boolean> gone = gone(kind, some);
            some.stream().filter(id -> !gone.containsKey(id)).forEach(denied::add);
            List<String> here = some.stream().filter(id -> Boolean.FALSE.equals(gone.get(id))).toList();
            if (here.isEmpty()) continue;
            if (kind == ItemKind.TRACK) {
                GiveWay.to(context);
                context.server().tracks(here).stream().filter(t -> t.userData().filter(RemoteUserData::favourite).isEmpty())
                        .map(RemoteTrack::id).forEach(denied::add);
            } else {
                here.stream().filter(this::none).forEach(denied::add);
            }
        }
        return denied;
    }

    private boolean none(String item) {
        GiveWay.to(context);
        try {
            return !context.server().userData(item).favourite();
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.NotFound) return false;
            throw e;
        }
    }

    /// By id whether the row says that the server no longer has it; without what has no row.
    private Map<String, Boolean> gone(ItemKind kind, List<String> ids) {
        Table<?> table = switch (kind) {
            case TRACK -> TRACK;
            case ALBUM -> ALBUM;
            case ARTIST -> ARTIST;
            case PLAYLIST -> PLAYLIST;
            case GENRE -> throw new IllegalArgumentException("genres are in no list of favourites");
        };
        Field<String> item = java.util.Objects.requireNonNull(table.field(TRACK.ITEM_ID.getName(), String.class));
        Field<Long> since = java.util.Objects.requireNonNull(table.field(TRACK.GONE_AT.getName(), Long.class));
        Field<Long> account = java.util.Objects.requireNonNull(table.field(TRACK.ACCOUNT_ID.getName(), Long.class));
        Map<String, Boolean> gone = new HashMap<>();
        context.read(sql -> sql.select(item, since).from(table).where(account.eq(context.account()), item.in(ids)).fetch())
                .forEach(r -> gone.put(r.value1(), r.value2() != null && r.value2() > FolderChoice.HIDDEN));
        return gone;
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
        long done = 0;
        while (cursor.isPresent()) {
            GiveWay.to(context);
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
            done += page.items().size();
            context.tell("plays", done, 0);
            boolean old = since.isPresent()
                    && page.items().stream().anyMatch(d -> d.lastPlayed().filter(at -> at.isBefore(since.get())).isPresent());
            cursor = old || page.next().equals(cursor) ? Optional.empty() : page.next();
        }
    }
}
