package app.waxwing.playback;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.audio.sink.NullSink;
import app.waxwing.base.ItemKey;
import app.waxwing.base.SystemTime;
import app.waxwing.library.Located;
import app.waxwing.library.Track;
import app.waxwing.playback.PlayerState.Phase;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The queue of two users of one server, 1 and 2, and of one of another server, 3.
class QueueOwnersTest {
    @TempDir
    Path folder;
    private final List<Track> tracks = Stream.of(1L, 2L, 3L).flatMap(a -> Stream.of("a", "b", "c", "d").map(id -> track(a, id))).toList();

    private static Track track(long account, String id) {
        return Tracks.track(new ItemKey(account, id), Optional.of(Duration.ofMinutes(3)), Optional.empty(), OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    /// Every track can be heard.
    private Studio studio() {
        var studio = new Studio(folder, List.of(new NullSink(new SystemTime())), tracks);
        Path sound = Studio.wav(folder.resolve("sound.wav"), 20 * Studio.RATE, 1);
        tracks.forEach(t -> studio.places.put(t.key(), new Located.LocalFile(sound, true)));
        return studio;
    }

    private static void accounts(Studio studio) {
        for (int account = 2; account <= 3; account++)
            run(studio, "INSERT INTO account (id, server_id, user_id, kind, server_name, user_name, url, device_id, signed_in_at) VALUES ("
                    + account + ", '" + (account == 2 ? "s" : "t") + "', 'u" + account
                    + "', 'jellyfin', 'S', 'U', 'http://localhost', 'd', 0)");
        run(studio, "UPDATE account SET is_active = (id <> 2)");
    }

    private static void run(Studio studio, String statement) {
        studio.database.write(Durability.SOON, Lane.USER, sql -> sql.execute(statement)).join();
    }

    /// As the program does it: the row first, then the player is told.
    private static void use(Studio studio, long account) {
        run(studio, "UPDATE account SET is_active = (id = " + account + " OR id = 3)");
        studio.player.belongsTo(Set.of(account, 3L));
        studio.player.settled().join();
    }

    private List<Track> of(int account, String... ids) {
        return Stream.of(ids).map(id -> tracks.stream().filter(t -> t.key().equals(new ItemKey(account, id))).findFirst().orElseThrow())
                .toList();
    }

    private static List<String> queue(Studio studio) {
        return studio.player.state().queue().stream().map(e -> e.track().key().id() + e.track().key().account()).toList();
    }

    private static void awaitQueue(Studio studio, String... wanted) {
        studio.await(List.of(wanted).toString(), () -> queue(studio).equals(List.of(wanted)));
    }

    @Test
    @DisplayName("0.13, 4.5 another user of the server becomes active: what sounds of the one before stops, and that queue is neither seen nor undone to; it is back with its user, where it stood")
    void twoUsers() {
        try (var studio = studio()) {
            accounts(studio);
            studio.player.play(of(1, "a", "b", "c"), 1, "Album");
            studio.player.add(of(1, "d"));
            studio.awaitPhase(Phase.PLAYING);
            awaitQueue(studio, "a1", "b1", "c1", "d1");

            use(studio, 2);
            assertThat(queue(studio)).isEmpty();
            assertThat(studio.player.state().phase()).isEqualTo(Phase.IDLE);
            assertThat(studio.player.state().sourceTitle()).isEmpty();
            assertThat(studio.player.undo().join()).as("nothing leads back to it").isFalse();
            studio.player.add(of(2, "a", "b"));
            studio.player.settled().join();

            use(studio, 1);
            awaitQueue(studio, "a1", "b1", "c1", "d1");
            assertThat(studio.player.state().index()).isEqualTo(1);
            assertThat(studio.player.state().phase()).as("it does not sound by itself").isEqualTo(Phase.IDLE);
            assertThat(studio.player.undo().join()).isFalse();
            studio.player.settled().join();

            use(studio, 2);
            awaitQueue(studio, "a2", "b2");
        }
    }

    @Test
    @DisplayName("4.5 users that change faster than the store answers neither lose a queue nor get it twice")
    void toAndFro() {
        try (var studio = studio()) {
            accounts(studio);
            studio.player.add(of(1, "a", "b", "c"));
            for (int i = 0; i < 20; i++) {
                studio.player.belongsTo(Set.of(2L, 3L));
                studio.player.belongsTo(Set.of(1L, 3L));
                // Sometimes the answer comes in between, and the list is there twice for a moment.
                if (i % 4 == 0) awaitQueue(studio, "a1", "b1", "c1");
            }
            studio.player.settled().join();
            awaitQueue(studio, "a1", "b1", "c1");
            studio.await("nothing is aside", () -> studio.database
                    .readNow(sql -> sql.fetchSingle("SELECT count(*) FROM queue_item WHERE list < 0").get(0, Long.class)) == 0);
            assertThat(queue(studio)).containsExactly("a1", "b1", "c1");
        }
    }

    @Test
    @DisplayName("0.13 another server's tracks stay in the queue and go on when a user of this one changes")
    void otherServersStay() {
        try (var studio = studio()) {
            accounts(studio);
            studio.player.add(of(1, "a", "b"));
            studio.player.add(of(3, "a", "b"));
            studio.player.add(of(1, "c"));
            studio.player.jump(3);
            studio.awaitPhase(Phase.PLAYING);
            use(studio, 2);
            awaitQueue(studio, "a3", "b3");
            studio.awaitPhase(Phase.PLAYING);
            assertThat(studio.player.state().index()).as("b3 is current still").isEqualTo(1);
            studio.player.add(of(2, "d"));
            use(studio, 1);
            awaitQueue(studio, "a3", "b3", "a1", "b1", "c1");
            assertThat(studio.player.state().index()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("0.13, 4.5 after a restart the active user's queue is there and the other's waits; also where the last run ended before it was put aside")
    void restarts() {
        try (var studio = studio()) {
            accounts(studio);
            studio.player.add(of(1, "a", "b"));
            studio.player.settled().join();
            use(studio, 2);
            studio.player.add(of(2, "c"));
            studio.player.settled().join();
        }
        try (var studio = studio()) {
            awaitQueue(studio, "c2");
            // Killed right after the account changed: the player never heard of it.
            run(studio, "UPDATE account SET is_active = (id <> 2)");
        }
        try (var studio = studio()) {
            awaitQueue(studio, "a1", "b1");
            use(studio, 2);
            awaitQueue(studio, "c2");
        }
    }

    @Test
    @DisplayName("4.5 a queue longer than one transaction is put aside and comes back whole; nothing of it is left behind")
    void long_queue() {
        try (var studio = studio()) {
            accounts(studio);
            List<Track> many = java.util.stream.IntStream.range(0, 2 * PlayerStore.PIECE + 7).mapToObj(i -> tracks.get(i % 4)).toList();
            studio.player.play(many, PlayerStore.PIECE + 1, "Many");
            studio.player.stop();
            studio.player.settled().join();
            use(studio, 2);
            assertThat(queue(studio)).isEmpty();
            use(studio, 1);
            studio.await("it is back", () -> queue(studio).size() == many.size());
            assertThat(studio.player.state().index()).isEqualTo(PlayerStore.PIECE + 1);
            assertThat(studio.player.state().queue().stream().map(e -> e.track().key())).isEqualTo(many.stream().map(Track::key).toList());
            studio.await("nothing is aside", () -> studio.database
                    .readNow(sql -> sql.fetchSingle("SELECT count(*) FROM queue_item WHERE list < 0").get(0, Long.class)) == 0);
        }
    }
}
