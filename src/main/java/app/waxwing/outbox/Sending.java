package app.waxwing.outbox;

import static app.waxwing.store.schema.Tables.PENDING_ACTION;
import static app.waxwing.store.schema.Tables.PLAYLIST;
import static app.waxwing.store.schema.Tables.USER_DATA;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Time;
import app.waxwing.library.Library;
import app.waxwing.library.LibraryChanges;
import app.waxwing.library.LostEntries;
import app.waxwing.library.PendingActions;
import app.waxwing.library.PendingActions.Action;
import app.waxwing.library.PlaylistId;
import app.waxwing.library.PlaylistWriter;
import app.waxwing.server.MediaServer;
import app.waxwing.server.Page;
import app.waxwing.server.RemotePlaylist;
import app.waxwing.server.RemotePlaylistEntry;
import app.waxwing.server.RemoteUserData;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.store.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends one action so that it happens once, however often we are killed: before anything that is not idempotent goes out, the server's own count
/// is read and kept with the action (`sent_at`, `before_count`); whoever finds an action with that mark looks first whether it arrived.
final class Sending {
    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);
    private final Database database;
    private final PendingActions actions;
    private final LibraryChanges library;
    private final Time time;

    Sending(Database database, PendingActions actions, LibraryChanges library, Time time) {
        this.database = database;
        this.actions = actions;
        this.library = library;
        this.time = time;
    }

    void send(MediaServer server, Action action) {
        switch (action.kind()) {
            case PendingActions.FAVOURITE -> favourite(server, action);
            case PendingActions.PLAY -> play(server, action);
            case PendingActions.CREATE -> create(server, action);
            case PendingActions.ADD -> add(server, action);
            case PendingActions.REMOVE -> remove(server, action);
            case PendingActions.DELETE -> delete(server, action);
            default -> throw new IllegalStateException("unknown action " + action.kind());
        }
    }

    /// Setting is idempotent: no look is needed, but the mark is, so that a toggle back is sent too.
    private void favourite(MediaServer server, Action action) {
        if (!mark(action, -1)) return;
        boolean on = action.detail().equals("on");
        server.setFavourite(action.itemKind(), action.key().id(), on);
        finish(action, Library.Change.USER_STATE, sql -> {
            int mine = actions.remove(sql, action.id());
            var update = sql.update(USER_DATA).set(USER_DATA.IS_FAVOURITE, on).set(USER_DATA.ACKNOWLEDGED_AT, time.now().toEpochMilli());
            // A newer edit of the same item keeps its mark.
            if (mine > 0) update = update.set(USER_DATA.IS_FAVOURITE_PENDING, false).setNull(USER_DATA.IS_FAVOURITE_LOCAL);
            return update.where(USER_DATA.ACCOUNT_ID.eq(action.key().account()), USER_DATA.ITEM_ID.eq(action.key().id())).execute();
        });
    }

    private void play(MediaServer server, Action action) {
        Instant at = Instant.parse(action.detail());
        RemoteUserData data = server.userData(action.key().id());
        boolean arrived = action.sentAt().isPresent() && data.playCount() > action.before();
        // A server takes the date of a play for its «last played» even where it knows a later one, and counts no play without a date.
        Instant latest = data.lastPlayed().filter(l -> l.isAfter(at)).orElse(at);
        if (!arrived) {
            if (!mark(action, data.playCount())) return;
            server.played(action.key().id(), latest);
        }
        long count = arrived ? data.playCount() : data.playCount() + 1;
        finish(action, Library.Change.USER_STATE, sql -> {
            if (actions.remove(sql, action.id()) == 0) return 0;
            return sql.execute(
                    """
                            UPDATE user_data SET play_count = ?, play_count_local = max(0, play_count_local - 1), last_played_at = ?, acknowledged_at = ?
                            WHERE account_id = ? AND item_id = ?""",
                    count, latest.toEpochMilli(), time.now().toEpochMilli(), action.key().account(),
                    action.key().id());
        });
    }

    private static MediaServer.PlaylistEditing editing(MediaServer server) {
        return server.playlistEditing()
                .orElseThrow(() -> new Failure.NotPermitted("to change playlists: this server cannot").asException());
    }

    private void create(MediaServer server, Action action) {
        List<String> tracks = tracks(action);
        Optional<String> made = action.sentAt().isPresent() ? madeBefore(server, action, tracks) : Optional.empty();
        if (made.isEmpty() && action.sentAt().isEmpty() && !mark(action, newestPlaylist())) return;
        String id = made.orElseGet(() -> editing(server).create(action.detail(), tracks));
        finish(action, Library.Change.PLAYLISTS, sql -> {
            if (actions.remove(sql, action.id()) == 0) return 0;
            return renamed(sql, action.key(), id);
        });
        refresh(server, new ItemKey(action.key().account(), id));
    }

    private long newestPlaylist() {
        Long newest = database.readNow(sql -> sql.select(org.jooq.impl.DSL.max(PLAYLIST.ID)).from(PLAYLIST).fetchSingle().value1());
        return newest == null ? 0 : newest;
    }

    /// After a lost answer: a playlist of that name with those tracks that no row here accounts for.
    private Optional<String> madeBefore(MediaServer server, Action action, List<String> tracks) {
        Optional<String> cursor = Optional.of(Page.FIRST);
        while (cursor.isPresent()) {
            Page<RemotePlaylist> page = server.playlists(cursor.get(), 500);
            for (RemotePlaylist list : page.items()) {
                if (!list.title().equals(Optional.of(action.detail())) || knownBefore(action, list.id())) continue;
                if (entries(server, list.id()).stream().map(RemotePlaylistEntry::trackId).toList().equals(tracks))
                    return Optional.of(list.id());
            }
            cursor = page.next().equals(cursor) ? Optional.empty() : page.next();
        }
        return Optional.empty();
    }

    /// A playlist that had its row before this one was first sent is not ours.
    private boolean knownBefore(Action action, String playlist) {
        return database.readNow(sql -> sql.fetchExists(sql.selectOne().from(PLAYLIST).where(PLAYLIST.ACCOUNT_ID.eq(action.key().account()),
                PLAYLIST.ITEM_ID.eq(playlist), PLAYLIST.ID.le(action.before()))));
    }

    /// The server's id takes the place of the local one everywhere; the local one stays as an alias. A sync may have met the playlist already.
    private static int renamed(DSLContext sql, ItemKey local, String id) {
        sql.deleteFrom(PLAYLIST).where(PLAYLIST.ACCOUNT_ID.eq(local.account()), PLAYLIST.ITEM_ID.eq(id)).execute();
        sql.update(PENDING_ACTION).set(PENDING_ACTION.ITEM_ID, id)
                .where(PENDING_ACTION.ACCOUNT_ID.eq(local.account()), PENDING_ACTION.ITEM_ID.eq(local.id())).execute();
        sql.deleteFrom(USER_DATA).where(USER_DATA.ACCOUNT_ID.eq(local.account()), USER_DATA.ITEM_ID.eq(id)).execute();
        sql.update(USER_DATA).set(USER_DATA.ITEM_ID, id).where(USER_DATA.ACCOUNT_ID.eq(local.account()), USER_DATA.ITEM_ID.eq(local.id()))
                .execute();
        PlaylistId.follow(sql, local, id);
        return sql.update(PLAYLIST).set(PLAYLIST.ITEM_ID, id)
                .where(PLAYLIST.ACCOUNT_ID.eq(local.account()), PLAYLIST.ITEM_ID.eq(local.id())).execute();
    }

    private void add(MediaServer server, Action action) {
        String playlist = action.key().id();
        List<String> tracks = tracks(action);
        List<RemotePlaylistEntry> there = entries(server, playlist);
        List<String> missing = tracks;
        List<PendingActions.Place> places = database.readNow(sql -> PendingActions.places(sql, action.id()));
        if (!places.isEmpty()) missing = absent(there, tracks);
        else if (action.sentAt().isPresent()) missing = notArrived(there, action.before(), tracks);
        if (!missing.isEmpty()) {
            if (action.sentAt().isEmpty() && !mark(action, there.size())) return;
            editing(server).add(playlist, missing);
        }
        if (!places.isEmpty()) place(server, playlist, places);
        finish(action, Library.Change.PLAYLISTS, sql -> edited(sql, action));
        refresh(server, action.key());
    }

    /// The server has an edit of the playlist's entries. A sync that read them before sees by the time that its list is older; the next one reads anew.
    private int edited(DSLContext sql, Action action) {
        sql.update(PLAYLIST).setNull(PLAYLIST.ITEMS_TAG).set(PLAYLIST.ITEMS_SYNCED_AT, time.now().toEpochMilli())
                .where(PLAYLIST.ACCOUNT_ID.eq(action.key().account()), PLAYLIST.ITEM_ID.eq(action.key().id())).execute();
        return actions.remove(sql, action.id());
    }

    /// What of an addition the list does not hold.
    private static List<String> absent(List<RemotePlaylistEntry> there, List<String> tracks) {
        List<String> held = new ArrayList<>(there.stream().map(RemotePlaylistEntry::trackId).toList());
        return tracks.stream().filter(t -> !held.remove(t)).toList();
    }

    /// What was added stands at the end, and goes to its places, the front ones first. A track that the list holds twice stays where it is, since a
    /// server may know entries by their tracks; so does what it does not let us move.
    private static void place(MediaServer server, String playlist, List<PendingActions.Place> places) {
        List<RemotePlaylistEntry> there = entries(server, playlist);
        for (PendingActions.Place place : places) {
            List<RemotePlaylistEntry> its = there.stream().filter(e -> e.trackId().equals(place.trackId())).toList();
            int at = Math.min(place.at(), there.size() - 1);
            if (its.size() != 1 || there.get(at).equals(its.getFirst())) continue;
            try {
                editing(server).move(playlist, its.getFirst(), at);
            } catch (FailureException e) {
                boolean refused = e.failure() instanceof Failure.NotFound || e.failure() instanceof Failure.NotPermitted
                        || e.failure() instanceof Failure.Invalid;
                if (!refused) throw e;
                LOG.info("playlist {}: {} stays at its end: {}", playlist, place.trackId(), e.getMessage());
                return;
            }
            there.remove(its.getFirst());
            there.add(at, its.getFirst());
        }
    }

    /// What of an addition is not at the list's end: all of it, or the rest after what arrived.
    static List<String> notArrived(List<RemotePlaylistEntry> there, long before, List<String> tracks) {
        List<String> tail = there.subList((int) Math.min(before, there.size()), there.size()).stream().map(RemotePlaylistEntry::trackId)
                .toList();
        int arrived = 0;
        for (String track : tail) if (arrived < tracks.size() && tracks.get(arrived).equals(track)) arrived++;
        return tracks.subList(arrived, tracks.size());
    }

    private void remove(MediaServer server, Action action) {
        String playlist = action.key().id();
        List<RemotePlaylistEntry> there = entries(server, playlist);
        List<RemotePlaylistEntry> wanted = database.readNow(sql -> PendingActions.entries(sql, action.id()));
        boolean arrived = action.sentAt().isPresent() && there.size() <= action.before() - wanted.size();
        List<RemotePlaylistEntry> gone = arrived ? List.of() : toRemove(there, wanted);
        if (!gone.isEmpty()) {
            if (action.sentAt().isEmpty() && !mark(action, there.size())) return;
            editing(server).remove(playlist, gone);
        }
        finish(action, Library.Change.PLAYLISTS, sql -> edited(sql, action));
        refresh(server, action.key());
    }

    /// By the entry's id where it is still there; an entry that had none yet is the last one of its track.
    static List<RemotePlaylistEntry> toRemove(List<RemotePlaylistEntry> there, List<RemotePlaylistEntry> wanted) {
        List<RemotePlaylistEntry> left = new ArrayList<>(there);
        List<RemotePlaylistEntry> gone = new ArrayList<>();
        for (RemotePlaylistEntry entry : wanted) {
            for (int i = left.size() - 1; i >= 0; i--) {
                boolean same = entry.entryId().isPresent()
                        ? left.get(i).entryId().equals(entry.entryId())
                        : left.get(i).trackId().equals(entry.trackId());
                if (same) {
                    gone.add(left.remove(i));
                    break;
                }
            }
        }
        return gone;
    }

    private void delete(MediaServer server, Action action) {
        if (!mark(action, -1)) return;
        try {
            editing(server).delete(action.key().id());
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.NotFound)) throw e;
        }
        finish(action, Library.Change.PLAYLISTS, sql -> {
            actions.remove(sql, action.id());
            return sql.update(PLAYLIST).set(PLAYLIST.GONE_AT, time.now().toEpochMilli())
                    .where(PLAYLIST.ACCOUNT_ID.eq(action.key().account()), PLAYLIST.ITEM_ID.eq(action.key().id())).execute();
        });
    }

    private List<String> tracks(Action action) {
        return database.readNow(sql -> PendingActions.entries(sql, action.id())).stream().map(RemotePlaylistEntry::trackId).toList();
    }

    private static List<RemotePlaylistEntry> entries(MediaServer server, String playlist) {
        List<RemotePlaylistEntry> entries = new ArrayList<>();
        Optional<String> cursor = Optional.of(Page.FIRST);
        while (cursor.isPresent()) {
            Page<RemotePlaylistEntry> page = server.playlistEntries(playlist, cursor.get(), 500);
            entries.addAll(page.items());
            cursor = page.next().equals(cursor) ? Optional.empty() : page.next();
        }
        return entries;
    }

    /// The entries as the server has them now, with its ids; not while further edits wait. Failing to read them is no failure of the edit.
    private void refresh(MediaServer server, ItemKey playlist) {
        boolean more = database.readNow(sql -> !PendingActions.of(sql, playlist).isEmpty());
        if (more) return;
        try {
            List<RemotePlaylistEntry> entries = LostEntries.kept(database, server, playlist, entries(server, playlist.id()));
            write(sql -> PlaylistWriter.entries(sql, playlist.account(), playlist.id(), entries, null, time.now()));
            library.changed(Library.Change.PLAYLISTS);
        } catch (FailureException e) {
            LOG.info("playlist {} is read by the next sync: {}", playlist, e.getMessage());
        }
    }

    /// Notes durably that the action is about to go out. False when it was dropped or replaced meanwhile.
    private boolean mark(Action action, long before) {
        int rows = write(sql -> sql.update(PENDING_ACTION).set(PENDING_ACTION.SENT_AT, time.now().toEpochMilli())
                .set(PENDING_ACTION.BEFORE_COUNT, before).where(PENDING_ACTION.ID.eq(action.id())).execute());
        return rows > 0;
    }

    private void finish(Action action, Library.Change change, Work<Integer> work) {
        write(sql -> {
            int rows = work.with(sql);
            database.afterCommit(() -> library.changed(change));
            return rows;
        });
        LOG.debug("sent {} of {}", action.kind(), action.key());
    }

    private <T> T write(Work<T> work) {
        try {
            return database.write(Durability.KEPT, Lane.USER, work).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }
}
