package app.waxwing.download;

import static app.waxwing.store.schema.Tables.TRACK;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Answer;
import app.waxwing.testing.FaultServer.Reply;
import app.waxwing.testing.FaultServer.Request;
import app.waxwing.testing.FaultServer.Version;
import app.waxwing.testing.Stop;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Tracks that are fetched at the same time, each with a place of its own in its first answer. The server stops there until something has happened;
/// then that answer goes on or is cut, and from then on some tracks have another version on the server.
final class Wave {
    private static final Instant DATE = Instant.parse("2024-05-01T10:00:00Z");
    final Rig rig;
    final BentDisk disk;
    final Random random;
    final List<Met> tracks = new ArrayList<>();
    private final String what;

    /// One of the tracks.
    static final class Met {
        final ItemKey key;
        final Version first;
        final Version second;
        /// Behind so many bytes of the body, or [Stop#BEFORE_HEAD].
        final int place;
        /// The answer ends at its place.
        final boolean cut;
        private final boolean reset;
        /// The server has the second version from the moment at which its place is reached.
        final boolean swapped;
        final String name;
        private final AtomicInteger asked = new AtomicInteger();
        private volatile Version now;
        private volatile Optional<Answer> instead = Optional.empty();
        private Optional<Stop> stop = Optional.empty();

        private Met(ItemKey key, Version first, Version second, int place, Random random, boolean cut, String name) {
            this.key = key;
            this.first = first;
            this.second = second;
            this.place = place;
            this.name = name;
            now = first;
            this.cut = cut || random.nextInt(3) == 0;
            reset = random.nextBoolean();
            swapped = random.nextBoolean();
        }

        /// What the server says behind the first answer; empty = the file.
        void says(Optional<Answer> answer) {
            instead = answer;
        }

        /// The next answer is not the first one.
        void passed() {
            asked.incrementAndGet();
        }

        /// The next answer is the first one again.
        void again() {
            asked.set(0);
        }

        /// As it is in the names of its files and in no others.
        String word() {
            return " " + key.id();
        }

        Stop stop() {
            return stop.orElseThrow();
        }

        /// Its cut, where there is one, loses what the client has not read.
        boolean resets() {
            return reset;
        }

        private Reply answer(Request request) {
            if (asked.getAndIncrement() > 0 && instead.isPresent()) return instead.get().to(request);
            Reply reply = FaultServer.serve(now, request);
            if (!cut || asked.get() > 1) return reply;
            return place == Stop.BEFORE_HEAD ? reply.cutHead(0) : reply.cut(place, reset);
        }

        /// Nothing is missing when something happens, and it may be whole already.
        boolean allSent() {
            return place == first.bytes().length;
        }

        @Override
        public String toString() {
            return name + ", place " + place + " of " + first.bytes().length + (cut ? ", cut" : "") + (swapped ? ", swapped" : "");
        }
    }

    /// @param id begins the ids of the tracks, and occurs in no other wave
    /// @param cut every first answer ends at its place, and not only some
    Wave(Rig rig, BentDisk disk, long account, String what, String id, Random random, int size, List<Integer> places, boolean cut) {
        this.rig = rig;
        this.disk = disk;
        this.random = random;
        this.what = what;
        rig.account(account);
        for (int place : places) {
            int after = (1 + random.nextInt(9)) * (random.nextBoolean() ? 1 : -1);
            var first = Version.of(TransferTest.music(size, random.nextLong()), DATE);
            var second = Version.of(TransferTest.music(size, random.nextLong()), DATE.plusSeconds(after));
            boolean tagged = random.nextInt(3) == 0;
            String track = id + "at" + tracks.size();
            ItemKey key = rig.track(account, track, size);
            var met = new Met(key, tagged ? first.etag("\"a\"") : first, tagged ? second.etag("\"b\"") : second, place, random, cut,
                    what + ", " + track);
            for (String path : paths(met)) rig.server.always(path, met::answer);
            tracks.add(met);
        }
    }

    static String[] paths(Met t) {
        return new String[]{Rig.path(t.key.id()), "/Items/" + t.key.id() + "/File"};
    }

    /// Before anything is asked.
    void title(Met t, String title) {
        rig.database.write(Durability.SOON, Lane.USER,
                sql -> sql.update(TRACK).set(TRACK.TITLE, title).where(TRACK.ITEM_ID.eq(t.key.id())).execute()).join();
    }

    /// The next answer of each stops at its place.
    void arm() {
        for (Met t : tracks) t.stop = Optional.of(rig.server.stop(t.place, paths(t)));
    }

    /// Wished for, and at their places.
    void begin() {
        begin(Origin.USER);
    }

    void begin(Origin origin) {
        arm();
        enqueue(origin, 0);
        atPlaces();
    }

    void enqueue(Origin origin, int priority) {
        rig.engine.enqueue(keys(), origin, priority, "original").join();
    }

    void atPlaces() {
        each(t -> Rig.await(t.stop()::isReached, () -> t + ": does not come to its place: " + rig.row(t.key)));
    }

    /// From here on the server has what it shall have at the end, and the answers go on or end.
    void goOn() {
        for (Met t : tracks) {
            if (t.swapped) t.now = t.second;
            t.stop().go();
        }
    }

    List<ItemKey> keys() {
        return tracks.stream().map(t -> t.key).toList();
    }

    List<Long> ids() {
        return tracks.stream().map(t -> row(t).id()).toList();
    }

    void each(Consumer<Met> what) {
        tracks.forEach(what);
    }

    Download row(Met t) {
        return rig.row(t.key).orElseThrow(() -> new AssertionError(t + ": has no row"));
    }

    /// Waits until each is held for this reason, or whole where all of it had come before.
    void held(Reason reason) {
        each(t -> Rig.await(() -> rig.row(t.key).filter(d -> d.status() == Status.PENDING && d.reason().equals(Optional.of(reason))
                || d.status() == Status.COMPLETED && t.allSent()).isPresent(),
                () -> t + ": not held for " + reason + ": " + rig.row(t.key)));
    }

    /// Nothing is asked meanwhile.
    void quiet(java.util.function.BooleanSupplier until, String otherwise) {
        int before = asked();
        Rig.await(until, () -> what + ": " + otherwise);
        if (asked() != before) throw new AssertionError(what + ": asked while it was held");
    }

    void stopped() {
        Rig.await(() -> rig.engine.activity().running().isEmpty(), () -> what + ": still running: " + rig.engine.activity());
    }

    void whole() {
        each(t -> Rig.await(() -> rig.row(t.key).filter(d -> d.status() == Status.COMPLETED).isPresent(),
                () -> t + ": is not whole: " + rig.row(t.key) + ", asked " + asked(t)));
    }

    int asked(Met t) {
        return Arrays.stream(paths(t)).mapToInt(p -> rig.server.requests(p).size()).sum();
    }

    int asked() {
        return tracks.stream().mapToInt(this::asked).sum();
    }

    /// The one file below the folder that has the track's word in its name, and ends so.
    Optional<Path> file(Met t, String end) {
        return rig.files().stream().filter(f -> f.contains(t.word() + ".") && f.endsWith(end)).findFirst().map(rig.paths.media()::resolve);
    }

    /// What is wrong with how a track ended: its file, its tries, or how often it was asked for.
    Optional<String> trouble(Met t, int requests) {
        List<Download> rows = rig.engine.byItem(t.key).join();
        if (rows.size() != 1 || rows.getFirst().status() != Status.COMPLETED) return Optional.of(t + ": ended as " + rows);
        byte[] bytes = rig.bytes(rows.getFirst());
        if (!Arrays.equals(bytes, t.first.bytes()) && !(t.swapped && Arrays.equals(bytes, t.second.bytes())))
            return Optional.of(t + ": a wrong file");
        int tries = t.cut ? 1 : 0;
        if (rows.getFirst().retryCount() > tries) return Optional.of(t + ": spent " + rows.getFirst().retryCount() + " tries");
        int most = requests + (t.cut ? 1 : 0) + (t.swapped ? 1 : 0);
        return asked(t) <= most ? Optional.empty() : Optional.of(t + ": asked for " + asked(t) + " times and not " + most);
    }
}
