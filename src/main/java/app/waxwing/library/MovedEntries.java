package app.waxwing.library;

import static app.waxwing.store.schema.Tables.PLAYLIST;
import static app.waxwing.store.schema.Tables.PLAYLIST_ITEM;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import app.waxwing.server.Page;
import app.waxwing.server.RemotePlaylistEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/// Places in playlists of tracks that moved. Where the server put the new id into its playlist itself, that counts; where it only left the old
/// one out, the new one takes the place here, and the server is told to add it as of any edit, and where it belongs.
final class MovedEntries {
    private final SyncContext context;
    private final Map<ItemKey, Held> playlists = new HashMap<>();

    /// @param old which old ids it holds here
    /// @param mine whether the server may be told to add to it
    /// @param told what its server has in it
    private record Held(String title, boolean mine, Set<String> old, Set<String> told) {}

    private MovedEntries(SyncContext context) {
        this.context = context;
    }

    /// Asks the server for those playlists that hold one of them.
    static MovedEntries read(SyncContext context, List<MovedTracks.Pair> pairs) {
        var entries = new MovedEntries(context);
        List<String> ids = pairs.stream().map(p -> p.old().id()).toList();
        for (int from = 0; from < ids.size(); from += Tables.MANY) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + Tables.MANY));
            context.read(sql -> sql.select(PLAYLIST_ITEM.PLAYLIST_ITEM_ID, PLAYLIST_ITEM.TRACK_ITEM_ID).from(PLAYLIST_ITEM)
                    .where(PLAYLIST_ITEM.ACCOUNT_ID.eq(context.account()), PLAYLIST_ITEM.TRACK_ITEM_ID.in(some)).fetch())
                    .forEach(r -> entries.held(new ItemKey(context.account(), r.value1())).old().add(r.value2()));
        }
        return entries;
    }

    private Held held(ItemKey playlist) {
        Held known = playlists.get(playlist);
        if (known != null) return known;
        var row = context.read(sql -> sql.selectFrom(PLAYLIST)
                .where(PLAYLIST.ACCOUNT_ID.eq(playlist.account()), PLAYLIST.ITEM_ID.eq(playlist.id())).fetchSingle());
        Set<String> told = new HashSet<>();
        boolean read = !playlist.id().startsWith("local-") && row.getGoneAt() == null && row.getDeletedAt() == null && told(playlist, told);
        var held = new Held(row.getTitle(), read && row.getIsEditable(), new LinkedHashSet<>(), told);
        playlists.put(playlist, held);
        return held;
    }

    private boolean told(ItemKey playlist, Set<String> told) {
        try {
            Optional<String> cursor = Optional.of(Page.FIRST);
            while (cursor.isPresent()) {
                GiveWay.to(context);
                Page<RemotePlaylistEntry> page = context.server().playlistEntries(playlist.id(), cursor.get(), SyncContext.PAGE);
                page.items().forEach(e -> told.add(e.trackId()));
                cursor = page.next().equals(cursor) ? Optional.empty() : page.next();
            }
            return true;
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.NotFound || e.failure() instanceof Failure.NotPermitted) return false;
            throw e;
        }
    }

    /// In the transaction that gives the tracks their new ids.
    void follow(DSLContext sql, List<MovedTracks.Pair> pairs) {
        Map<String, String> names = pairs.stream().collect(Collectors.toMap(p -> p.old().id(), p -> p.now().id()));
        playlists.forEach((playlist, held) -> {
            if (held.old.stream().noneMatch(names::containsKey)) return;
            List<RemotePlaylistEntry> here = PlaylistEntries.read(sql, playlist);
            Set<String> already = here.stream().map(RemotePlaylistEntry::trackId).collect(Collectors.toSet());
            List<RemotePlaylistEntry> now = new ArrayList<>();
            List<RemotePlaylistEntry> missing = new ArrayList<>();
            List<Long> places = new ArrayList<>();
            // Entries before this one that the server has, or will have by then.
            long before = 0;
            for (RemotePlaylistEntry entry : here) {
                String name = names.get(entry.trackId());
                if (name == null) now.add(entry);
                if (name == null && (entry.entryId().isEmpty() || held.told.contains(entry.trackId()))) before++;
                if (name == null || held.told.contains(name) && already.contains(name)) continue;
                // One without an id of the server's waits to be added already.
                boolean add = held.mine && entry.entryId().isPresent() && !held.told.contains(name);
                var renamed = new RemotePlaylistEntry(name, add ? Optional.empty() : entry.entryId());
                now.add(renamed);
                if (add) {
                    missing.add(renamed);
                    places.add(before);
                }
                if (renamed.entryId().isEmpty() || held.told.contains(name)) before++;
            }
            PlaylistEntries.write(sql, playlist, now);
            if (!missing.isEmpty()) {
                context.actions().add(sql, PendingActions.ADD, ItemKind.PLAYLIST, playlist, held.title, missing, places,
                        context.time().now());
            }
        });
    }
}
