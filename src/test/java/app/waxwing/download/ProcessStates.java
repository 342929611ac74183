package app.waxwing.download;

import static app.waxwing.download.DiskStates.durable;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Reachability;
import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.base.NetworkMonitor.Metering;
import app.waxwing.base.Threads;
import app.waxwing.control.Instance;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.download.Wave.Met;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// B.32–B.44 without B.41: other processes, time, the network, commands in the wrong moment, the end of the program.
final class ProcessStates {
    private static final int[] OTHERS_ANSWERS = {400, 401, 403, 404, 410};

    private ProcessStates() {}

    static Map<String, State> all() {
        Map<String, State> all = new LinkedHashMap<>();
        all.put("B.32 another instance wants the data folder", State.of(1, ProcessStates::secondInstance));
        all.put("B.33 another process holds the database's write lock", State.of(1, ProcessStates::databaseBusy));
        // Before the clock is set: one that is set back within the same second hides it.
        all.put("B.35 the computer sleeps", State.of(2, ProcessStates::sleeps));
        all.put("B.34 the wall clock is set", State.of(1, ProcessStates::clockSet));
        all.put("B.36 the network begins to cost", State.of(2, w -> outside(w, Reason.METERED,
                costs -> w.rig.link.is(costs ? Metering.METERED : Metering.UNMETERED))));
        all.put("B.36 the user goes offline", State.of(2, w -> outside(w, Reason.NETWORK,
                off -> w.rig.network.mode(off ? Reachability.Mode.FORCED_OFFLINE : Reachability.Mode.AUTO))));
        all.put("B.36 the network goes away under the transfer", State.of(1, ProcessStates::networkLost).allCut());
        all.put("B.37 wished for again", State.of(1, ProcessStates::wishedAgain));
        all.put("B.38 cancelled and wished for again", State.of(2, ProcessStates::cancelled));
        all.put("B.38 cancelled when it gets its name, and wished for again", State.of(2, ProcessStates::cancelledAtTheEnd));
        all.put("B.39 priorities change", State.of(1, w -> {
            w.begin();
            for (long id : w.ids()) w.rig.engine.priority(id, w.random.nextInt(10)).join();
            w.goOn();
        }));
        all.put("B.39 what is fetched ahead gives way to a wish", State.of(2, ProcessStates::givesWay).most(1));
        all.put("B.40 fewer at once, and more again", State.of(2, ProcessStates::fewerAtOnce));
        all.put("B.40 pause all, resume all", State.of(2, w -> {
            w.begin();
            w.rig.engine.pauseAll().join();
            w.stopped();
            w.each(t -> assertThat(w.row(t).status()).as(t.toString()).isIn(Status.PAUSED, Status.COMPLETED));
            w.goOn();
            w.rig.engine.resumeAll().join();
        }));
        all.put("B.42 heard while it comes", State.of(1, ProcessStates::heard).most(2));
        all.put("B.43 another server answers at the address", State.of(2, ProcessStates::anotherServer).allCut());
        all.put("B.44 the program ends and begins", State.of(2, ProcessStates::ends));
        return all;
    }

    private static void secondInstance(Wave w) {
        try (var mine = Instance.lock(w.rig.paths).orElseThrow()) {
            w.begin();
            assertThat(Instance.lock(w.rig.paths)).isEmpty();
            w.goOn();
            w.whole();
            assertThat(Instance.lock(w.rig.paths)).isEmpty();
            assertThat(mine.lock().isValid()).isTrue();
        }
    }

    private static void databaseBusy(Wave w) throws SQLException {
        w.begin();
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + w.rig.paths.database()); var lock = other.createStatement()) {
            lock.execute("pragma busy_timeout = 20000");
            lock.execute("begin immediate");
            w.goOn();
            w.each(t -> Rig.await(t.stop()::isLeft, () -> t + ": its answer does not end"));
            lock.execute("rollback");
        }
    }

    private static void clockSet(Wave w) {
        w.begin();
        // Forward by half a minute and more within a second it is taken for a sleep.
        w.rig.time.setClock(w.random.nextBoolean()
                ? Duration.ofSeconds(w.random.nextInt(14))
                : Duration.ofSeconds(-w.random.nextInt(300_000_000)));
        w.goOn();
    }

    private static void sleeps(Wave w) {
        var looks = new AtomicInteger();
        w.rig.stranger = a -> {
            looks.incrementAndGet();
            return Optional.empty();
        };
        w.begin();
        var away = Duration.ofSeconds(60 + w.random.nextInt(100_000));
        if (w.random.nextBoolean()) w.rig.time.sleepAndCount(away);
        else w.rig.time.setClock(away);
        w.whole();
        assertThat(looks.get()).as("how often the server was asked who it is").isPositive();
        w.goOn();
        w.rig.stranger = a -> Optional.empty();
    }

    private static void outside(Wave w, Reason reason, java.util.function.Consumer<Boolean> holds) {
        w.begin();
        holds.accept(true);
        w.held(reason);
        w.stopped();
        w.goOn();
        holds.accept(false);
    }

    private static void networkLost(Wave w) {
        w.begin();
        w.rig.offline.add(1L);
        w.goOn();
        w.each(t -> Rig.await(t.stop()::isLeft, () -> t + ": its answer does not end"));
        w.held(Reason.NETWORK);
        w.stopped();
        w.rig.offline.clear();
        w.rig.network.mode(Reachability.Mode.AUTO); // tells it
    }

    private static void wishedAgain(Wave w) {
        w.begin(w.random.nextBoolean() ? Origin.USER : Origin.ALBUM);
        for (int n = 1 + w.random.nextInt(4); n > 0; n--) {
            Origin origin = List.of(Origin.USER, Origin.ALBUM, Origin.QUEUE).get(w.random.nextInt(3));
            w.enqueue(origin, w.random.nextInt(10));
        }
        w.goOn();
    }

    private static void cancelled(Wave w) {
        w.begin();
        List<Long> ids = w.ids();
        boolean waits = w.random.nextBoolean();
        var first = w.rig.engine.cancel(ids);
        var second = w.rig.engine.cancel(ids);
        if (waits) {
            CompletableFuture.allOf(first, second).join();
            // What is whole is not cancelled any more.
            w.each(t -> Rig.await(() -> w.rig.row(t.key).isEmpty() && w.file(t, "").isEmpty()
                    || t.allSent() && w.rig.row(t.key).filter(d -> d.status() == Status.COMPLETED).isPresent(),
                    () -> t + ": something is left: " + w.rig.row(t.key) + ", " + w.file(t, "")));
        }
        boolean before = w.random.nextBoolean();
        if (before) w.goOn();
        w.enqueue(Origin.USER, 0);
        if (!before) w.goOn();
        w.whole();
        w.each(t -> assertThat(w.row(t).path().orElseThrow().getFileName().toString()).as(t.toString())
                .isEqualTo("01 Title" + t.word() + ".flac"));
    }

    private static void cancelledAtTheEnd(Wave w) {
        w.arm();
        w.each(t -> {
            Runnable cancel = () -> w.rig.engine.cancel(List.of(w.row(t).id())).join();
            Map<String, Runnable> when = w.random.nextBoolean() ? w.disk.before : w.disk.behind;
            when.put(t.word(), cancel);
        });
        w.enqueue(Origin.USER, 0);
        w.atPlaces();
        w.goOn();
        w.each(t -> Rig.await(() -> w.rig.row(t.key).isEmpty() && w.file(t, "").isEmpty(),
                () -> t + ": something is left: " + w.rig.row(t.key) + ", " + w.file(t, "")));
        w.disk.before.clear();
        w.disk.behind.clear();
        w.enqueue(Origin.USER, 0);
    }

    private static void givesWay(Wave w) {
        Met t = w.tracks.getFirst();
        w.rig.engine.limits(w.rig.engine.limits().atOnce(1));
        w.begin(Origin.QUEUE);
        ItemKey mine = w.rig.offered("mine" + t.key.id(), 5000);
        w.rig.enqueue(mine);
        // It is whole while the other still waits for its server.
        w.rig.await(mine, Status.COMPLETED);
        assertThat(w.rig.right(mine, 5000)).as(t.toString()).isTrue();
        w.goOn();
        w.whole();
        w.rig.engine.limits(w.rig.engine.limits().atOnce(Limits.MOST_AT_ONCE));
    }

    private static void fewerAtOnce(Wave w) {
        w.begin();
        w.rig.engine.limits(w.rig.engine.limits().atOnce(1));
        Rig.await(() -> w.rig.engine.activity().running().size() <= 1, () -> w.tracks + ": too many run");
        w.goOn();
        w.rig.engine.limits(w.rig.engine.limits().atOnce(Limits.MOST_AT_ONCE));
    }

    /// What somebody heard of a track: its bytes, or nothing where it was not to be had so, or that another version came.
    private record Ear(boolean joined, byte[] heard, boolean otherVersion) {
        static Ear of(Rig rig, ItemKey key, AtomicInteger far) {
            var growing = rig.engine.growingFiles().open(key);
            if (growing.isEmpty()) return new Ear(false, new byte[0], false);
            var out = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(10_000);
            try (ByteSource source = growing.get().file()) {
                for (int n = source.read(0, buffer); n >= 0; n = source.read(out.size(), buffer)) {
                    out.write(buffer.array(), 0, n);
                    far.set(out.size());
                    buffer.clear();
                }
                return new Ear(true, out.toByteArray(), false);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("open it again");
                return new Ear(true, out.toByteArray(), true);
            }
        }
    }

    /// Some by the listener's own wish, some while they are downloaded anyway.
    private static void heard(Wave w) {
        w.rig.server.takeSent();
        w.arm();
        Map<Met, CompletableFuture<Ear>> ears = new HashMap<>();
        for (Met t : w.tracks) {
            boolean joins = w.random.nextBoolean();
            if (joins) {
                w.rig.enqueue(t.key);
                Rig.await(t.stop()::isReached, () -> t + ": does not come to its place");
            }
            var far = new AtomicInteger();
            ears.put(t, CompletableFuture.supplyAsync(() -> Ear.of(w.rig, t.key, far), task -> Threads.start("ear", task)));
            // What is heard is written as it comes, once it is seen to be music; of what was downloaded already, the last bytes may still be
            // in a buffer.
            if (!joins && t.place >= FirstBytes.ENOUGH)
                Rig.await(() -> t.stop().isReached() && far.get() >= t.place, () -> t + ": heard " + far);
        }
        w.goOn();
        Map<Met, Ear> ends = new HashMap<>();
        ears.forEach((t, ear) -> {
            Ear end = ear.orTimeout(60, TimeUnit.SECONDS).join();
            if (end.joined()) ends.put(t, end);
            else w.rig.enqueue(t.key); // it did not begin in time for who listens, and is wished for now
        });
        w.whole();
        ends.forEach((t, end) -> {
            byte[] of = end.otherVersion() ? t.first.bytes() : w.rig.bytes(w.row(t));
            int length = end.otherVersion() ? end.heard().length : of.length;
            assertThat(!end.otherVersion() || t.swapped).as("%s: another version", t).isTrue();
            assertThat(Arrays.equals(end.heard(), Arrays.copyOf(of, length))).as("%s: what was heard", t).isTrue();
        });
        Rig.await(w.rig.server::idle, () -> w.tracks + ": the server still sends");
        var sent = w.rig.server.takeSent();
        for (Met t : ends.keySet()) {
            if (t.swapped || t.cut && t.resets()) continue;
            long bytes = sent.stream().filter(s -> List.of(Wave.paths(t)).contains(s.path())).mapToLong(FaultServer.Sent::count).sum();
            // What ends before it is known to be music counts for nothing.
            long unseen = t.cut && t.place < Answers.SNIFF ? Math.max(0, t.place) : 0;
            assertThat(bytes).as("%s: bytes that were sent", t).isEqualTo(t.first.bytes().length + unseen);
        }
    }

    private static void anotherServer(Wave w) {
        int status = OTHERS_ANSWERS[w.random.nextInt(OTHERS_ANSWERS.length)];
        w.begin();
        var looks = new AtomicInteger();
        w.rig.stranger = a -> {
            looks.incrementAndGet();
            return Optional.of(new Failure.Offline("Test", true));
        };
        w.each(t -> t.says(Optional.of(r -> Reply.of(status, new byte[0], "Content-Length: 0"))));
        w.goOn();
        w.held(Reason.NETWORK);
        w.stopped();
        if (w.tracks.stream().anyMatch(t -> !t.allSent())) {
            int before = looks.get();
            w.quiet(() -> looks.get() > before + 1, "nobody looks who answers");
        }
        w.each(t -> t.says(Optional.empty()));
        w.rig.stranger = a -> Optional.empty();
        w.rig.network.mode(Reachability.Mode.AUTO); // tells that the server is reached
    }

    private static void ends(Wave w) {
        w.begin();
        for (Met t : w.tracks) {
            // All but what fits in one buffer is written.
            long written = t.place - Filling.BUFFER;
            Rig.await(() -> w.rig.engine.activity().running().stream().anyMatch(r -> r.key().equals(t.key) && r.bytes() >= written)
                    || t.allSent(), () -> t + ": is not written");
        }
        w.rig.engine.close();
        Map<Met, Long> durable = new HashMap<>();
        w.each(t -> durable.put(t, durable(w.rig, t)));
        w.goOn();
        w.rig.reopen();
        w.whole();
        durable.forEach((t, bytes) -> {
            if (t.allSent()) return;
            assertThat(bytes).as("%s: durable", t).isBetween(Math.max(0L, t.place - Filling.BUFFER), (long) Math.max(0, t.place));
            List<FaultServer.Request> asked = new ArrayList<>();
            for (String path : Wave.paths(t)) asked.addAll(w.rig.server.requests(path));
            assertThat(asked.get(1).header("range")).as(t.toString())
                    .isEqualTo(bytes == 0 ? Optional.empty() : Optional.of("bytes=" + bytes + "-"));
        });
    }
}
