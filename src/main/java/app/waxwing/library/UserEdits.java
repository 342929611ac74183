package app.waxwing.library;

import static app.waxwing.store.schema.Tables.PENDING_ACTION;
import static app.waxwing.store.schema.Tables.PLAYLIST;
import static app.waxwing.store.schema.Tables.USER_DATA;

import app.waxwing.base.Failure;
import app.waxwing.base.InertText;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Time;
import app.waxwing.server.ItemKind;
import app.waxwing.server.RemotePlaylistEntry;
import app.waxwing.store.Audit;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.store.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jooq.DSLContext;

/// The user's edits, kept at once. Each is one durable transaction: the local value, its pending mark, the action for the outbox.
public final class UserEdits implements UserState {
    private final Database database;
    private final LibraryChanges changes;
    private final PendingActions actions;
    private final Time time;

    public UserEdits(Database database, LibraryChanges changes, PendingActions actions, Time time) {
        this.database = database;
        this.changes = changes;
        this.actions = actions;
        this.time = time;
    }

    private <T> CompletableFuture<T> edit(Library.Change change, Work<T> work) {
        return database.write(Durability.KEPT, Lane.USER, sql -> {
            T answer = work.with(sql);
            database.afterCommit(() -> changes.changed(change));
            return answer;
        });
    }

    @Override
    public CompletableFuture<Void> favourite(ItemKind kind, ItemKey key, boolean favourite) {
        return edit(Library.Change.USER_STATE, sql -> {
            ItemKey item = kind == ItemKind.PLAYLIST ? new ItemKey(key.account(), PlaylistTable.realId(sql, key)) : key;
            sql.insertInto(USER_DATA).set(USER_DATA.ACCOUNT_ID, item.account()).set(USER_DATA.ITEM_ID, item.id())
                    .set(USER_DATA.KIND, kind.word())
                    .set(USER_DATA.IS_FAVOURITE_LOCAL, favourite).set(USER_DATA.IS_FAVOURITE_PENDING, true).onDuplicateKeyUpdate()
                    .set(USER_DATA.IS_FAVOURITE_LOCAL, favourite).set(USER_DATA.IS_FAVOURITE_PENDING, true).execute();
            List<PendingActions.Action> older = PendingActions.of(sql, item).stream().filter(a -> a.kind().equals(PendingActions.FAVOURITE))
                    .toList();
            boolean unsent = !older.isEmpty() && older.stream().allMatch(a -> a.sentAt().isEmpty() && a.heldFrom().isEmpty());
            for (PendingActions.Action action : older) actions.remove(sql, action.id());
            Boolean servers = sql.select(USER_DATA.IS_FAVOURITE).from(USER_DATA)
                    .where(USER_DATA.ACCOUNT_ID.eq(item.account()), USER_DATA.ITEM_ID.eq(item.id()))
                    .fetchSingle().value1();
            if (unsent && servers == favourite) {
                // There and back before anything was sent: nothing to tell.
                settle(sql, item);
            } else {
                actions.add(sql, PendingActions.FAVOURITE, kind, item, favourite ? "on" : "off", List.of(), List.of(), time.now());
            }
            return 0;
        }).thenApply(n -> null);
    }

    /// Takes the local value of a favourite away: the server's shows again.
    static void settle(DSLContext sql, ItemKey item) {
        sql.update(USER_DATA).set(USER_DATA.IS_FAVOURITE_PENDING, false).setNull(USER_DATA.IS_FAVOURITE_LOCAL)
                .where(USER_DATA.ACCOUNT_ID.eq(item.account()), USER_DATA.ITEM_ID.eq(item.id())).execute();
    }

    @Override
    public CompletableFuture<ItemKey> createPlaylist(long account, String title, List<ItemKey> tracks) {
        if (title.isBlank()) return CompletableFuture.failedFuture(new Failure.Invalid("a playlist needs a name").asException());
        OneServer some = OneServer.of(account, tracks);
        if (some.nothing()) return CompletableFuture.failedFuture(otherServers());
        var key = new ItemKey(account, "local-" + UUID.randomUUID());
        String name = InertText.of(title.strip());
        return edit(Library.Change.PLAYLISTS, sql -> {
            sql.insertInto(PLAYLIST).set(PLAYLIST.ACCOUNT_ID, account).set(PLAYLIST.ITEM_ID, key.id()).set(PLAYLIST.ALIAS_ID, key.id())
                    .set(PLAYLIST.TITLE, name)
                    .set(PLAYLIST.SORT_TITLE, SearchText.sort(name)).set(PLAYLIST.IS_EDITABLE, true).execute();
            append(sql, key, some.taken());
            Batch.run(sql, connection -> {
                PlaylistWriter.words(connection, account, key.id(), name);
                return 0;
            });
            actions.add(sql, PendingActions.CREATE, ItemKind.PLAYLIST, key, name, named(some.taken()), List.of(), time.now());
            return key;
        });
    }

    @Override
    public CompletableFuture<Void> addToPlaylist(ItemKey playlist, List<ItemKey> tracks) {
        if (tracks.isEmpty()) return CompletableFuture.completedFuture(null);
        OneServer some = OneServer.of(playlist.account(), tracks);
        if (some.nothing()) return CompletableFuture.failedFuture(otherServers());
        return edit(Library.Change.PLAYLISTS, sql -> {
            ItemKey real = editable(sql, playlist);
            append(sql, real, some.taken());
            return actions.add(sql, PendingActions.ADD, ItemKind.PLAYLIST, real, title(sql, real), named(some.taken()), List.of(),
                    time.now());
        }).thenApply(n -> null);
    }

    @Override
    public CompletableFuture<Void> removeFromPlaylist(ItemKey playlist, List<Integer> positions) {
        if (positions.isEmpty()) return CompletableFuture.completedFuture(null);
        return edit(Library.Change.PLAYLISTS, sql -> {
            ItemKey real = editable(sql, playlist);
            List<RemotePlaylistEntry> all = PlaylistEntries.read(sql, real);
            List<RemotePlaylistEntry> gone = new ArrayList<>();
            List<Long> were = new ArrayList<>();
            List<RemotePlaylistEntry> left = new ArrayList<>(all);
            for (int position : new TreeSet<>(positions).descendingSet()) {
                if (position < 0 || position >= all.size())
                    throw new Failure.Invalid("the playlist has no entry " + position).asException();
                gone.addFirst(left.remove(position));
                were.addFirst((long) position);
            }
            PlaylistEntries.write(sql, real, left);
            return actions.add(sql, PendingActions.REMOVE, ItemKind.PLAYLIST, real, title(sql, real), gone, were, time.now());
        }).thenApply(n -> null);
    }

    @Override
    public CompletableFuture<Void> deletePlaylist(ItemKey playlist) {
        return edit(Library.Change.PLAYLISTS, sql -> {
            ItemKey real = editable(sql, playlist);
            List<PendingActions.Action> waiting = PendingActions.of(sql, real);
            boolean known = !real.madeHere()
                    || waiting.stream().anyMatch(a -> a.kind().equals(PendingActions.CREATE) && a.sentAt().isPresent());
            for (PendingActions.Action action : waiting) {
                // A creation that may have reached the server stays, so that what it made there is found and deleted.
                if (!known || !action.kind().equals(PendingActions.CREATE)) actions.remove(sql, action.id());
            }
            sql.update(PLAYLIST).set(PLAYLIST.DELETED_AT, time.now().toEpochMilli())
                    .where(PLAYLIST.ACCOUNT_ID.eq(real.account()), PLAYLIST.ITEM_ID.eq(real.id())).execute();
            Audit.write(sql, time.now(), Audit.PLAYLIST_DELETED, title(sql, real) + " (" + real.id() + ")", real.account());
            if (known) actions.add(sql, PendingActions.DELETE, ItemKind.PLAYLIST, real, title(sql, real), List.of(), List.of(), time.now());
            return 0;
        }).thenApply(n -> null);
    }

    @Override
    public CompletableFuture<ItemKey> undeletePlaylist(ItemKey playlist) {
        return edit(Library.Change.PLAYLISTS, sql -> {
            var real = new ItemKey(playlist.account(), PlaylistTable.realId(sql, playlist));
            var row = sql.selectFrom(PLAYLIST).where(PLAYLIST.ACCOUNT_ID.eq(real.account()), PLAYLIST.ITEM_ID.eq(real.id()),
                    PLAYLIST.DELETED_AT.isNotNull()).fetchOne();
            if (row == null) throw new Failure.NotFound("deleted playlist " + playlist.id()).asException();
            List<PendingActions.Action> waiting = PendingActions.of(sql, real);
            Optional<PendingActions.Action> deletion = waiting.stream().filter(a -> a.kind().equals(PendingActions.DELETE)).findFirst();
            boolean unsent = deletion.filter(a -> a.sentAt().isEmpty() && a.heldFrom().isEmpty()).isPresent();
            var update = sql.update(PLAYLIST).setNull(PLAYLIST.DELETED_AT).setNull(PLAYLIST.GONE_AT).setNull(PLAYLIST.ITEMS_TAG)
                    .setNull(PLAYLIST.ITEMS_SYNCED_AT);
            if (unsent) {
                actions.remove(sql, deletion.get().id());
                update.where(PLAYLIST.ID.eq(row.getId())).execute();
                return real;
            }
            // The server never knew it, or does not know it any more: it is made there anew.
            List<RemotePlaylistEntry> entries = PlaylistEntries.read(sql, real).stream()
                    .map(e -> new RemotePlaylistEntry(e.trackId(), Optional.empty())).toList();
            // The id that it was once made here with stays valid.
            String id = real.madeHere() || row.getAliasId() == null ? "local-" + UUID.randomUUID() : row.getAliasId();
            var fresh = new ItemKey(real.account(), id);
            update.set(PLAYLIST.ITEM_ID, fresh.id()).set(PLAYLIST.ALIAS_ID, fresh.id()).setNull(PLAYLIST.CHANGE_TAG)
                    .set(PLAYLIST.IS_EDITABLE, true).where(PLAYLIST.ID.eq(row.getId())).execute();
            PlaylistId.follow(sql, real, fresh.id());
            PlaylistEntries.write(sql, fresh, entries);
            actions.add(sql, PendingActions.CREATE, ItemKind.PLAYLIST, fresh, row.getTitle(), entries, List.of(), time.now());
            return fresh;
        });
    }

    @Override
    public CompletableFuture<List<Deleted>> deletedPlaylists() {
        return database.read(sql -> sql.selectFrom(PLAYLIST).where(PLAYLIST.DELETED_AT.isNotNull(), Tables.active(PLAYLIST.ACCOUNT_ID))
                .orderBy(PLAYLIST.DELETED_AT.desc())
                .fetch(r -> new Deleted(new ItemKey(r.getAccountId(), r.getItemId()), Optional.ofNullable(r.getAliasId()), r.getTitle(),
                        java.time.Instant.ofEpochMilli(r.getDeletedAt()))));
    }

    private static app.waxwing.base.FailureException otherServers() {
        return new Failure.Invalid(OneServer.WHY + ", and none of these tracks is on this one").asException();
    }

    private static ItemKey editable(DSLContext sql, ItemKey playlist) {
        var real = new ItemKey(playlist.account(), PlaylistTable.realId(sql, playlist));
        var row = sql.select(PLAYLIST.IS_EDITABLE).from(PLAYLIST)
                .where(PLAYLIST.ACCOUNT_ID.eq(real.account()), PLAYLIST.ITEM_ID.eq(real.id()),
                        PLAYLIST.DELETED_AT.isNull())
                .fetchOne();
        if (row == null) throw new Failure.NotFound("playlist " + playlist.id()).asException();
        if (!row.value1()) throw new Failure.NotPermitted("to change this playlist").asException();
        return real;
    }

    private static String title(DSLContext sql, ItemKey playlist) {
        return sql.select(PLAYLIST.TITLE).from(PLAYLIST)
                .where(PLAYLIST.ACCOUNT_ID.eq(playlist.account()), PLAYLIST.ITEM_ID.eq(playlist.id())).fetchSingle()
                .value1();
    }

    private static void append(DSLContext sql, ItemKey playlist, List<ItemKey> tracks) {
        List<RemotePlaylistEntry> all = new ArrayList<>(PlaylistEntries.read(sql, playlist));
        all.addAll(named(tracks));
        PlaylistEntries.write(sql, playlist, all);
    }

    private static List<RemotePlaylistEntry> named(List<ItemKey> tracks) {
        return tracks.stream().map(t -> new RemotePlaylistEntry(t.id(), Optional.empty())).toList();
    }

    /// For `outbox`: gives an action up whose item the server no longer has. What the user no longer calls a favourite is none any more, whatever
    /// the server said last; a play was heard, and stays counted here.
    public void refused(DSLContext sql, PendingActions.Action action) {
        if (action.kind().equals(PendingActions.PLAY)) return;
        undo(sql, action);
        if (action.kind().equals(PendingActions.FAVOURITE) && action.detail().equals("off")) {
            sql.update(USER_DATA).set(USER_DATA.IS_FAVOURITE, false)
                    .where(USER_DATA.ACCOUNT_ID.eq(action.key().account()), USER_DATA.ITEM_ID.eq(action.key().id())).execute();
        }
    }

    /// For `outbox`: gives an action up; what is shown falls back to the server's value, as far as it is known here.
    public void undo(DSLContext sql, PendingActions.Action action) {
        ItemKey item = action.key();
        switch (action.kind()) {
            case PendingActions.FAVOURITE -> settle(sql, item);
            case PendingActions.PLAY -> sql.execute("""
                    UPDATE user_data SET play_count_local = max(0, play_count_local - 1),
                        last_played_local_at = CASE WHEN play_count_local <= 1 THEN NULL ELSE last_played_local_at END
                    WHERE account_id = ? AND item_id = ?""", item.account(), item.id());
            case PendingActions.CREATE -> {
                sql.deleteFrom(PENDING_ACTION).where(PENDING_ACTION.ACCOUNT_ID.eq(item.account()), PENDING_ACTION.ITEM_ID.eq(item.id()))
                        .execute();
                sql.deleteFrom(PLAYLIST).where(PLAYLIST.ACCOUNT_ID.eq(item.account()), PLAYLIST.ITEM_ID.eq(item.id())).execute();
            }
            case PendingActions.ADD -> PlaylistEntries.takeBack(sql, item, PendingActions.entries(sql, action.id()));
            case PendingActions.REMOVE -> PlaylistEntries.putBack(sql, item, action.id());
            case PendingActions.DELETE -> sql.update(PLAYLIST).setNull(PLAYLIST.DELETED_AT)
                    .where(PLAYLIST.ACCOUNT_ID.eq(item.account()), PLAYLIST.ITEM_ID.eq(item.id())).execute();
            default -> throw new IllegalStateException("unknown action " + action.kind());
        }
        if (action.ofPlaylist()) {
            // The next sync reads its entries anew.
            sql.update(PLAYLIST).setNull(PLAYLIST.ITEMS_TAG).setNull(PLAYLIST.ITEMS_SYNCED_AT)
                    .where(PLAYLIST.ACCOUNT_ID.eq(item.account()), PLAYLIST.ITEM_ID.eq(item.id())).execute();
        }
        database.afterCommit(() -> changes.changed(action.ofPlaylist() ? Library.Change.PLAYLISTS : Library.Change.USER_STATE));
    }
}
