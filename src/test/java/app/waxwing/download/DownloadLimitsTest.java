package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.base.NetworkMonitor.Metering;
import app.waxwing.base.NetworkMonitor.Network;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadLimitsTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    private static final int SIZE = 1_500_000;
    /// Enough to fill any buffer on the way, so that something is written.
    private static final int STALL = 1_200_000;
    @TempDir
    Path folder;
    private Rig rig;

    @BeforeEach
    void begin() {
        rig = new Rig(folder, new FaultServer(), Rig.PATIENT, new SystemDisk()).start();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private Version version(String id) {
        return Version.of(TransferTest.music(SIZE, id.hashCode()), LONG_AGO);
    }

    private ItemKey good(long account, String id) {
        rig.server.file(Rig.path(id), version(id));
        rig.server.file("/Items/" + id + "/File", version(id));
        return rig.track(account, id, SIZE);
    }

    /// The first time it begins and then says nothing more.
    private ItemKey stuckOnce(String id) {
        ItemKey key = good(1, id);
        for (String path : List.of(Rig.path(id), "/Items/" + id + "/File")) {
            rig.server.script(path, r -> FaultServer.serve(version(id), r).stall(STALL));
        }
        return key;
    }

    private Download row(ItemKey key) {
        return rig.row(key).orElseThrow();
    }

    private void awaitRunning(ItemKey... keys) {
        for (ItemKey key : keys) {
            Rig.await(() -> row(key).status() == Status.DOWNLOADING && row(key).bytesDownloaded() > 0, () -> row(key).toString());
        }
    }

    private void awaitReason(ItemKey key, Reason reason) {
        Rig.await(() -> row(key).reason().equals(Optional.of(reason)), () -> key + " does not wait for " + reason + ": " + row(key));
    }

    /// What came before it was stopped is stored.
    private void awaitBytes(ItemKey key) {
        Rig.await(() -> row(key).bytesDownloaded() > 0, () -> "nothing is kept of " + row(key));
    }

    private List<String> started() {
        return rig.events.stream().filter(e -> e.kind() == DownloadEvent.Kind.STARTED).map(e -> e.download().key().id()).toList();
    }

    private long running(ItemKey... keys) {
        return List.of(keys).stream().filter(k -> row(k).status() == Status.DOWNLOADING).count();
    }

    @Test
    @DisplayName("B.40 a lower limit sends the last in order back to their places, a higher one lets them go on where they were; no try is spent")
    void atOnce() {
        rig.engine.limits(rig.engine.limits().atOnce(4));
        ItemKey[] keys = {stuckOnce("a"), stuckOnce("b"), stuckOnce("c"), stuckOnce("d")};
        for (ItemKey key : keys) rig.enqueue(key);
        awaitRunning(keys);
        rig.engine.limits(rig.engine.limits().atOnce(1));
        Rig.await(() -> running(keys) == 1, () -> running(keys) + " still run");
        assertThat(row(keys[0]).status()).isEqualTo(Status.DOWNLOADING);
        for (int i = 1; i < keys.length; i++) {
            assertThat(row(keys[i]).reason()).contains(Reason.SLOT);
            assertThat(row(keys[i]).retryCount()).isZero();
            awaitBytes(keys[i]);
        }
        assertThat(rig.engine.activity().waiting()).isEqualTo(3);
        assertThat(rig.engine.list(new DownloadEngine.Filter(List.of(Status.PENDING)), 0, 0).join().items()).extracting(d -> d.key().id())
                .containsExactly("b", "c", "d");
        rig.engine.limits(rig.engine.limits().atOnce(8));
        for (int i = 1; i < keys.length; i++) rig.await(keys[i], Status.COMPLETED);
        assertThat(rig.server.requests(Rig.path("d"))).hasSize(2);
        assertThat(rig.server.requests(Rig.path("d")).getLast().header("range")).isPresent();
    }

    /// One that runs is held by something outside, and goes on by itself when that ends.
    private void held(Reason reason, String words, Consumer<Boolean> hold) {
        ItemKey runs = stuckOnce("runs");
        rig.enqueue(runs);
        awaitRunning(runs);
        hold.accept(true);
        awaitReason(runs, reason);
        ItemKey waits = good(1, "waits");
        rig.enqueue(waits);
        awaitReason(waits, reason);
        Rig.await(() -> rig.engine.activity().running().isEmpty(), () -> "a transfer goes on");
        assertThat(row(waits).waits().orElseThrow().needs()).contains(words);
        awaitBytes(runs);
        ItemKey heard = good(1, "heard");
        rig.engine.enqueue(List.of(heard), Origin.PLAYING, 0, "original").join();
        rig.await(heard, Status.COMPLETED);
        assertThat(rig.server.requests(Rig.path("waits"))).isEmpty();
        hold.accept(false);
        rig.await(waits, Status.COMPLETED);
        assertThat(rig.await(runs, Status.COMPLETED).retryCount()).isZero();
        assertThat(rig.bytes(row(runs))).isEqualTo(version("runs").bytes());
        assertThat(rig.server.requests(Rig.path("runs")).getLast().header("range")).isPresent();
    }

    @Test
    @DisplayName("B.36 a metered network holds at once what runs and what waits, never what is heard now; another network wakes them, no try spent")
    void metered() {
        held(Reason.METERED, "This network costs", hold -> rig.link.is(hold ? Metering.METERED : Metering.UNMETERED));
    }

    @Test
    @DisplayName("Limits: the battery holds where the user wants that, the charger wakes, no try spent")
    void battery() {
        rig.engine.limits(rig.engine.limits().pauseOnBattery(true));
        held(Reason.BATTERY, "battery", rig.power::battery);
    }

    @Test
    @DisplayName("Limits: hours hold and wake by themselves, and say when; no try spent")
    void hours() {
        LocalTime now = LocalTime.ofInstant(rig.time.now(), ZoneOffset.UTC);
        var later = new Hours(now.plusHours(2), now.plusHours(4));
        held(Reason.SCHEDULE, "Downloads run", hold -> {
            if (hold) {
                rig.engine.limits(rig.engine.limits().hours(Optional.of(later)));
                return;
            }
            assertThat(row(new ItemKey(1, "waits")).waits().orElseThrow().until()).hasValueSatisfying(
                    at -> assertThat(Duration.between(rig.time.now(), at)).isBetween(Duration.ofMinutes(110), Duration.ofMinutes(121)));
            rig.time.setClock(Duration.ofMinutes(125));
        });
        assertThat(rig.engine.limits().hours()).contains(later);
    }

    @Test
    @DisplayName("Limits: «download now anyway» for some passes network, hours and battery, and for all that wait; it stays so after a restart")
    void anyway() {
        LocalTime now = LocalTime.ofInstant(rig.time.now(), ZoneOffset.UTC);
        rig.link.is(Metering.METERED);
        rig.power.battery(true);
        rig.engine.limits(rig.engine.limits().pauseOnBattery(true).hours(Optional.of(new Hours(now.plusHours(2), now.plusHours(4)))));
        List<ItemKey> keys = new ArrayList<>();
        for (int i = 0; i < 300; i++) keys.add(i < 4 || i == 299 ? good(1, "t" + i) : rig.track(1, "t" + i, SIZE));
        rig.engine.enqueue(keys, Origin.USER, 0, "original").join();
        awaitReason(keys.getFirst(), Reason.METERED);
        // The last of 300 too, which is not in memory.
        rig.engine.downloadNow(List.of(row(keys.get(299)).id())).join();
        assertThat(rig.await(keys.get(299), Status.COMPLETED).anyway()).isFalse();
        assertThat(row(keys.get(1)).status()).isEqualTo(Status.PENDING);
        rig.server.script(Rig.path("t1"), r -> FaultServer.serve(version("t1"), r).stall(STALL));
        rig.engine.downloadNow(List.of(row(keys.get(1)).id())).join();
        awaitRunning(keys.get(1));
        assertThat(row(keys.get(1)).anyway()).isTrue();
        rig.restart();
        rig.await(keys.get(1), Status.COMPLETED);
        rig.engine.downloadAllNow().join();
        rig.await(keys.getFirst(), Status.COMPLETED);
        rig.await(keys.get(3), Status.COMPLETED);
    }

    @Test
    @DisplayName("B.36 a mobile link of unknown price is asked about once, and the answer is remembered for that network")
    void asksOnce() {
        var phone = new Network("wlan0 192.168.43.x", Metering.UNKNOWN, true);
        rig.link.is(phone);
        ItemKey key = good(1, "t");
        rig.enqueue(key);
        awaitReason(key, Reason.METERED);
        assertThat(row(key).waits().orElseThrow().needs()).contains("Nobody said yet").contains(phone.name());
        assertThat(rig.engine.unknownNetwork()).contains(phone.name());
        rig.engine.networkCosts(phone.name(), false).join();
        rig.await(key, Status.COMPLETED);
        assertThat(rig.engine.unknownNetwork()).isEmpty();
        rig.restart();
        ItemKey other = good(1, "other");
        rig.enqueue(other);
        rig.await(other, Status.COMPLETED);
        assertThat(rig.engine.unknownNetwork()).isEmpty();
    }

    @Test
    @DisplayName("B.36 what was said of a mobile link is taken back on that link, and said of it; where the system knows there is nothing to say")
    void takesBack() {
        var phone = new Network("wlan0 192.168.43.x", Metering.UNKNOWN, true);
        rig.link.is(phone);
        Rig.await(() -> rig.engine.network().isPresent(), () -> "no network");
        assertThat(rig.engine.network()).contains(new DownloadEngine.Priced(phone.name(), true, false));
        rig.engine.networkCosts(phone.name(), false).join();
        assertThat(rig.engine.network()).contains(new DownloadEngine.Priced(phone.name(), false, true));
        ItemKey free = good(1, "free");
        rig.enqueue(free);
        rig.await(free, Status.COMPLETED);
        rig.engine.networkCosts(phone.name(), true).join();
        assertThat(rig.engine.network()).contains(new DownloadEngine.Priced(phone.name(), true, true));
        ItemKey dear = good(1, "dear");
        rig.enqueue(dear);
        awaitReason(dear, Reason.METERED);
        rig.restart();
        Rig.await(() -> rig.engine.network().isPresent(), () -> "no network");
        assertThat(rig.engine.network()).contains(new DownloadEngine.Priced(phone.name(), true, true));
        rig.link.is(Metering.UNMETERED);
        rig.await(dear, Status.COMPLETED);
        assertThat(rig.engine.network()).isEmpty();
    }

    @Test
    @DisplayName("B.36 what is fetched ahead has a setting of its own")
    void aheadOnly() {
        rig.engine.limits(rig.engine.limits().unmeteredOnly(false, true));
        rig.link.is(Metering.METERED);
        ItemKey ahead = good(1, "ahead");
        rig.engine.enqueue(List.of(ahead), Origin.QUEUE, 0, "original").join();
        ItemKey mine = good(1, "mine");
        rig.enqueue(mine);
        rig.await(mine, Status.COMPLETED);
        assertThat(row(ahead).reason()).contains(Reason.METERED);
    }

    @Test
    @DisplayName("B.36 what is fetched ahead stops where it is when the network begins to cost, the user's own does not; later it goes on there")
    void aheadStops() {
        rig.engine.limits(rig.engine.limits().unmeteredOnly(false, true));
        ItemKey ahead = stuckOnce("ahead");
        rig.engine.enqueue(List.of(ahead), Origin.QUEUE, 0, "original").join();
        ItemKey mine = stuckOnce("mine");
        rig.enqueue(mine);
        awaitRunning(ahead, mine);
        rig.link.is(Metering.METERED);
        awaitReason(ahead, Reason.METERED);
        Rig.await(() -> rig.engine.activity().running().size() == 1, () -> "it goes on: " + row(ahead));
        assertThat(row(mine).status()).isEqualTo(Status.DOWNLOADING);
        awaitBytes(ahead);
        rig.link.is(Metering.UNMETERED);
        assertThat(rig.await(ahead, Status.COMPLETED).retryCount()).isZero();
        assertThat(rig.server.requests("/Items/ahead/File").getLast().header("range")).isPresent();
    }

    @Test
    @DisplayName("Sync and covers give way to what the user wished for, not to what is fetched ahead, until he wishes for that too")
    void whoIsInAHurry() {
        var big = Version.of(TransferTest.music(2_000_000, 1), LONG_AGO);
        for (String path : List.of(Rig.path("ahead"), "/Items/ahead/File")) rig.server.file(path, big);
        ItemKey ahead = rig.track(1, "ahead", 2_000_000);
        rig.engine.limits(rig.engine.limits().bandwidth(Limits.LEAST_BANDWIDTH, 0));
        rig.engine.enqueue(List.of(ahead), Origin.QUEUE, 0, "original").join();
        Rig.await(() -> !rig.engine.activity().running().isEmpty(), () -> rig.row(ahead).toString());
        assertThat(rig.engine.fetchesForUser()).isFalse();
        rig.enqueue(ahead);
        Rig.await(rig.engine::fetchesForUser, () -> rig.row(ahead).toString());
        rig.engine.cancel(List.of(rig.row(ahead).orElseThrow().id())).join();
        Rig.await(() -> !rig.engine.fetchesForUser(), () -> rig.engine.activity().toString());
    }

    @Test
    @DisplayName("Limits: what is heard now overtakes a limited download, whose rest comes at once when the limit goes; a pause does not wait for it")
    void bandwidth() {
        var big = Version.of(TransferTest.music(2_000_000, 1), LONG_AGO);
        for (String id : List.of("slow", "stopped", "heard")) {
            rig.server.file(Rig.path(id), big);
            rig.server.file("/Items/" + id + "/File", big);
            rig.track(1, id, 2_000_000);
        }
        rig.engine.limits(rig.engine.limits().bandwidth(Limits.LEAST_BANDWIDTH, 0));
        ItemKey slow = new ItemKey(1, "slow");
        ItemKey stopped = new ItemKey(1, "stopped");
        rig.enqueue(slow);
        rig.enqueue(stopped);
        Rig.await(() -> running(slow, stopped) == 2, () -> "they do not run");
        ItemKey heard = new ItemKey(1, "heard");
        rig.engine.enqueue(List.of(heard), Origin.PLAYING, 0, "original").join();
        rig.await(heard, Status.COMPLETED);
        // Two megabytes would take the limited ones two minutes each.
        assertThat(running(slow, stopped)).isEqualTo(2);
        rig.engine.pause(List.of(row(stopped).id())).join();
        Rig.await(() -> rig.engine.activity().running().size() == 1, () -> "the paused one goes on");
        rig.engine.limits(rig.engine.limits().bandwidth(0, 0));
        rig.await(slow, Status.COMPLETED);
    }

    @Test
    @DisplayName("Limits: while the player streams the lower bandwidth counts, and the full one again when it does not")
    void whileStreaming() {
        assertThat(Limits.USUAL.bandwidth(0, 50_000).bandwidthNow(true)).isEqualTo(50_000);
        assertThat(Limits.USUAL.bandwidth(0, 50_000).bandwidthNow(false)).isZero();
        assertThat(Limits.USUAL.bandwidth(40_000, 50_000).bandwidthNow(true)).isEqualTo(40_000);
        assertThat(Limits.USUAL.bandwidth(40_000, 0).bandwidthNow(true)).isEqualTo(40_000);
        rig.engine.limits(rig.engine.limits().bandwidth(0, Limits.LEAST_BANDWIDTH));
        rig.engine.streaming(true);
        ItemKey slow = good(1, "slow");
        rig.enqueue(slow);
        Rig.await(() -> running(slow) == 1, () -> "it does not run");
        ItemKey heard = good(1, "heard");
        rig.engine.enqueue(List.of(heard), Origin.PLAYING, 0, "original").join();
        rig.await(heard, Status.COMPLETED);
        assertThat(running(slow)).isEqualTo(1);
        rig.engine.streaming(false);
        rig.await(slow, Status.COMPLETED);
    }

    @Test
    @DisplayName("Fairness: two servers take turns, whoever was queued first; a busy server keeps nobody else waiting")
    void fairness() {
        rig.account(2);
        rig.account(3);
        rig.account(9); // on a server of its own
        rig.engine.limits(rig.engine.limits().atOnce(1));
        rig.network.mode(app.waxwing.account.Reachability.Mode.FORCED_OFFLINE);
        for (String id : List.of("a1", "a2", "a3", "a4")) rig.enqueue(good(2, id));
        for (String id : List.of("b1", "b2")) rig.enqueue(good(3, id));
        ItemKey busy = good(9, "busy");
        rig.server.script(Rig.path("busy"), r -> FaultServer.Reply.of(503, new byte[0], "Retry-After: 600", "Content-Length: 0"));
        rig.enqueue(busy);
        rig.network.mode(app.waxwing.account.Reachability.Mode.AUTO);
        rig.await(new ItemKey(2, "a4"), Status.COMPLETED);
        assertThat(started().stream().filter(i -> !i.equals("busy"))).containsExactly("a1", "b1", "a2", "b2", "a3", "a4");
        Wait wait = row(busy).waits().orElseThrow();
        assertThat(wait.reason()).isEqualTo(Reason.SERVER);
        assertThat(wait.needs()).as("by the name that the user knows").contains("rig-server is busy");
        assertThat(Duration.between(rig.time.now(), wait.until().orElseThrow())).isBetween(Duration.ofMinutes(8), Duration.ofMinutes(13));
        assertThat(row(busy).retryCount()).isZero();
    }

    @Test
    @DisplayName("B.39 what is fetched ahead keeps its connection for 3 s against the album rule, and not a moment against the user")
    void preempts() {
        rig.engine.limits(rig.engine.limits().atOnce(1));
        ItemKey ahead = stuckOnce("ahead");
        rig.engine.enqueue(List.of(ahead), Origin.QUEUE, 0, "original").join();
        awaitRunning(ahead);
        ItemKey album = stuckOnce("album");
        rig.engine.enqueue(List.of(album), Origin.ALBUM, 0, "original").join();
        awaitRunning(album);
        List<Instant> at = rig.events.stream().filter(e -> e.kind() == DownloadEvent.Kind.STARTED).map(DownloadEvent::at).toList();
        assertThat(Duration.between(at.get(0), at.get(1))).isGreaterThan(Duration.ofMillis(2900));
        ItemKey mine = good(1, "mine");
        rig.enqueue(mine);
        rig.await(mine, Status.COMPLETED);
        assertThat(started().subList(0, 3)).containsExactly("ahead", "album", "mine");
        assertThat(rig.await(album, Status.COMPLETED).retryCount()).isZero();
        rig.await(ahead, Status.COMPLETED);
    }

    @Test
    @DisplayName("B.34 Limits: an item of which more than three times its size came in a day stops and asks, though the clock is set back meanwhile; "
            + "«retry» goes on")
    void runaway() {
        int size = 2_000_000;
        // No validator: what came before a cut is thrown away each time.
        var version = Version.of(TransferTest.music(size, 1), LONG_AGO).undated();
        rig.server.file(Rig.path("t"), version);
        for (int i = 0; i < 4; i++) rig.server.script(Rig.path("t"), r -> FaultServer.serve(version, r).cut(size - 1000, false));
        ItemKey key = rig.track(1, "t", size);
        rig.enqueue(key);
        rig.await(key, Status.FAILED);
        rig.engine.retry(List.of(row(key).id())).join();
        rig.await(key, Status.COMPLETED);
        // The same item again and again, each time whole and taken away.
        for (int i = 0; i < 6 && row(key).status() != Status.FAILED; i++) {
            rig.engine.delete(List.of(row(key).id())).join();
            Rig.await(() -> rig.row(key).isEmpty(), () -> "still there");
            awaitTraffic(key, (i + 1L) * size);
            rig.time.setClock(Duration.ofDays(-3));
            rig.enqueue(key);
            Rig.await(() -> row(key).status() == Status.COMPLETED || row(key).status() == Status.FAILED, () -> row(key).toString());
        }
        assertThat(row(key).status()).isEqualTo(Status.FAILED);
        assertThat(row(key).error().orElseThrow()).contains("within a day").contains("3 times").contains("Try again");
        int asked = rig.server.requests().size();
        rig.engine.retry(List.of(row(key).id())).join();
        rig.await(key, Status.COMPLETED);
        assertThat(rig.server.requests()).hasSize(asked + 1);
    }

    @Test
    @DisplayName("Limits: an item whose size only the answer's head names, and which is whole within a second, is fetched no more often either")
    void runawayOfUnknownSize() {
        int size = 2_000_000;
        rig.server.file(Rig.path("t"), Version.of(TransferTest.music(size, 1), LONG_AGO));
        ItemKey key = rig.track(1, "t", -1);
        for (int i = 0; i < 4; i++) {
            rig.enqueue(key);
            rig.await(key, Status.COMPLETED);
            awaitTraffic(key, (i + 1L) * size);
            rig.engine.delete(List.of(row(key).id())).join();
            Rig.await(() -> rig.row(key).isEmpty(), () -> "still there");
        }
        rig.enqueue(key);
        rig.await(key, Status.FAILED);
        assertThat(row(key).error().orElseThrow()).contains("within a day", "3 times its 2.0 MB");
        assertThat(row(key).bytesDownloaded()).as("the head was enough").isZero();
        rig.engine.retry(List.of(row(key).id())).join();
        rig.await(key, Status.COMPLETED);
    }

    private void awaitTraffic(ItemKey key, long atLeast) {
        // Whatever the hour is by now.
        Rig.await(() -> rig.database.readNow(sql -> TrafficRows.bytes(sql, key, 0)) >= atLeast, () -> "not counted");
    }

    @Test
    @DisplayName("Storage: what each account keeps and what of it may be evicted")
    void stored() {
        rig.account(2);
        rig.enqueue(good(1, "kept"));
        rig.enqueue(good(2, "kept2"));
        rig.engine.enqueue(List.of(good(2, "cached")), Origin.QUEUE, 0, "original").join();
        for (ItemKey key : List.of(new ItemKey(1, "kept"), new ItemKey(2, "kept2"), new ItemKey(2, "cached")))
            rig.await(key, Status.COMPLETED);
        assertThat(rig.engine.stored().join()).containsExactly(new DownloadEngine.Stored(1, SIZE, 1, 0, 0),
                new DownloadEngine.Stored(2, SIZE, 1, SIZE, 1));
    }
}
