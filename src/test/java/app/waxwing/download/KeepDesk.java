package app.waxwing.download;

import static app.waxwing.store.schema.Tables.PLAYLIST;
import static app.waxwing.store.schema.Tables.PLAYLIST_ITEM;
import static app.waxwing.store.schema.Tables.TRACK_ARTIST;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.library.Availability;
import app.waxwing.library.Library;
import app.waxwing.library.Track;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FaultServer.Version;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// A keep set over a rig, with tracks and collections as a sync would have written them.
final class KeepDesk {
    static final int SIZE = 5000;
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    final KeepSet keeps;
    Quality usual = Quality.ORIGINAL;
    private final Rig rig;
    private final Map<ItemKey, List<String>> collections = new HashMap<>();

    KeepDesk(Rig rig) {
        this.rig = rig;
        keeps = rig.engine.keepSet((Library) Proxy.newProxyInstance(Library.class.getClassLoader(), new Class<?>[]{Library.class},
                (proxy, method, args) -> {
                    if (method.getName().equals("keysOf"))
                        return CompletableFuture
                                .completedFuture(collections.getOrDefault((ItemKey) args[0], List.of()).stream().map(this::key).toList());
                    throw new UnsupportedOperationException(method.getName());
                }), () -> usual);
    }

    ItemKey key(String id) {
        return new ItemKey(1, id);
    }

    ItemKey track(String id) {
        rig.server.file(Rig.path(id), Version.of(TransferTest.music(SIZE, id.hashCode()), LONG_AGO));
        return rig.track(1, id, SIZE);
    }

    ItemKey collection(String id, String... tracks) {
        collections.put(key(id), List.of(tracks));
        return key(id);
    }

    /// The playlist with just these entries, as a sync leaves it.
    ItemKey playlist(String id, String title, String... tracks) {
        rig.database.write(Durability.SOON, Lane.USER, sql -> {
            sql.insertInto(PLAYLIST).set(PLAYLIST.ACCOUNT_ID, 1L).set(PLAYLIST.ITEM_ID, id).set(PLAYLIST.TITLE, title)
                    .set(PLAYLIST.SORT_TITLE, title).set(PLAYLIST.ITEMS_SYNCED_AT, 1L).onConflictDoNothing().execute();
            sql.deleteFrom(PLAYLIST_ITEM).where(PLAYLIST_ITEM.PLAYLIST_ITEM_ID.eq(id)).execute();
            int position = 0;
            for (String track : tracks) {
                sql.insertInto(PLAYLIST_ITEM).set(PLAYLIST_ITEM.ACCOUNT_ID, 1L).set(PLAYLIST_ITEM.PLAYLIST_ITEM_ID, id)
                        .set(PLAYLIST_ITEM.POSITION, (long) position++).set(PLAYLIST_ITEM.TRACK_ITEM_ID, track).execute();
            }
            return position;
        }).join();
        return collection(id, tracks);
    }

    void credit(String track, String artist) {
        rig.database.write(Durability.SOON, Lane.USER,
                sql -> sql.insertInto(TRACK_ARTIST).set(TRACK_ARTIST.ACCOUNT_ID, 1L).set(TRACK_ARTIST.TRACK_ITEM_ID, track)
                        .set(TRACK_ARTIST.POSITION, 0L).set(TRACK_ARTIST.ARTIST_ITEM_ID, artist).set(TRACK_ARTIST.ARTIST_NAME, artist)
                        .execute())
                .join();
    }

    private Track shown(String id) {
        return new Track(0, key(id), id, "", List.of(), Optional.empty(), "", Optional.empty(), "", OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(), List.of(), Optional.empty(), Optional.empty(), OptionalLong.empty(), false, 0, Optional.empty(),
                OptionalDouble.empty(), OptionalDouble.empty(), false, Optional.empty(), Availability.REMOTE, Optional.empty(),
                OptionalLong.empty());
    }

    List<Track> tracks(String... ids) {
        return Stream.of(ids).map(this::shown).toList();
    }
}
