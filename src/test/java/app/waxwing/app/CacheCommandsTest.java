package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `cache status`, `cache clear` and `cache set`, as a script calls them, with a running instance and without one.
class CacheCommandsTest {
    /// As the contract of the command line lists them.
    private static final List<String> KEYS = List.of("limit", "used", "pinned", "files", "hits", "misses", "hitRate", "evictions",
            "bytesFromDisk", "bytesFromNetwork", "queuePrecache", "queuePrecacheCount", "albumAffinity", "albumAffinityThreshold",
            "unmeteredOnly");
    @TempDir
    Path folder;
    private DemoServer server;
    private WaxwingProcess waxwing;

    @BeforeEach
    void start() throws IOException {
        server = DemoServer.start(DemoLibrary.bundled(), 0);
        waxwing = new WaxwingProcess(folder.resolve("data"), folder, "--audio-out", "null");
    }

    @AfterEach
    void stop() {
        waxwing.close();
        server.close();
    }

    private static String choices(JsonNode status) {
        return status.path("limit") + " " + status.path("queuePrecache") + " " + status.path("queuePrecacheCount") + " "
                + status.path("albumAffinity") + " " + status.path("albumAffinityThreshold") + " " + status.path("unmeteredOnly");
    }

    @Test
    @DisplayName("2.7 each key is set without an instance and with one, and remembered; what makes no sense is wrong usage and changes nothing")
    void keys() {
        JsonNode usual = waxwing.json("cache", "status");
        assertThat(usual.propertyNames()).containsExactlyElementsOf(KEYS);
        assertThat(choices(usual)).isEqualTo("10737418240 true 5 true 3 true");
        assertThat(usual.path("used").asLong() + usual.path("pinned").asLong() + usual.path("hits").asLong()).isZero();
        assertThat(waxwing.run("cache", "status").out()).contains("limit: 11 GB", "used: 0 B", "queuePrecacheCount: 5");

        JsonNode set = waxwing.json("cache", "set", "limit", "2GiB");
        assertThat(set.path("key").asString() + " " + set.path("value").asLong()).isEqualTo("limit 2147483648");
        Process instance = waxwing.headless();
        waxwing.ask("cache", "set", "queue-precache", "off");
        waxwing.ask("cache", "set", "queue-precache-count", "7");
        waxwing.ask("cache", "set", "album-affinity", "false");
        waxwing.ask("cache", "set", "album-affinity-threshold", "4");
        waxwing.ask("cache", "set", "unmetered-only", "no");
        assertThat(choices(waxwing.ask("cache", "status"))).isEqualTo("2147483648 false 7 false 4 false");

        refused("The cache has no setting «colour»; it has queue-precache, queue-precache-count, album-affinity, "
                + "album-affinity-threshold, limit, unmetered-only.", "colour", "blue");
        refused("The setting cache.limit takes a size such as 500MB or 10GiB, not «much».", "limit", "much");
        refused("The setting cache.limit takes a size such as 500MB or 10GiB, not «-1».", "limit", "-1");
        refused("The setting cache.queue-precache takes true or false, not «perhaps».", "queue-precache", "perhaps");
        refused("The setting cache.queue-precache-count takes a whole number from 1 to 50, not «0».", "queue-precache-count", "0");
        refused("The setting cache.album-affinity-threshold takes a whole number from 1 to 100, not «101».", "album-affinity-threshold",
                "101");
        var wrong = waxwing.run("cache", "set", "unmetered-only", "maybe", "--json");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.json().path("error").path("code").asString()).isEqualTo("usage");
        assertThat(waxwing.run("cache", "set", "limit").exit()).isEqualTo(2);
        waxwing.quit(instance);
        assertThat(choices(waxwing.json("cache", "status"))).as("in the next run").isEqualTo("2147483648 false 7 false 4 false");
    }

    private void refused(String sentence, String... words) {
        List<String> all = new ArrayList<>(List.of("cache", "set"));
        all.addAll(List.of(words));
        var outcome = waxwing.tell(Optional.empty(), all.toArray(String[]::new)).outcome();
        assertThat(outcome.exit().code() + " " + outcome.sentence()).isEqualTo("2 " + sentence);
    }

    @Test
    @DisplayName("0.23, 2.10, C.5 the figures tell what was heard from here and from the server, in the next run too; a smaller limit and «clear» throw away "
            + "what is not kept")
    void figures() {
        Process instance = waxwing.headless();
        waxwing.signIn(server);
        JsonNode albums = waxwing.ask("albums").path("items");
        String kept = waxwing.ask("tracks", "--album", albums.get(1).path("id").asString(), "--limit", "1").path("items").get(0).path("id")
                .asString();
        waxwing.json("download", kept, "--wait");
        long pinned = waxwing.ask("cache", "status").path("pinned").asLong();
        assertThat(pinned).isPositive();

        waxwing.ask("cache", "set", "queue-precache-count", "1");
        waxwing.ask("play", albums.get(0).path("id").asString());
        awaitStatus("one track is heard from the server and the next is here", s -> s.path("misses").asLong() == 1
                && s.path("bytesFromNetwork").asLong() > 0 && s.path("files").asLong() == 2);
        waxwing.ask("cache", "set", "queue-precache-count", "2");
        awaitStatus("one more comes while the same track plays", s -> s.path("files").asLong() == 3);
        assertThat(waxwing.ask("cache", "status").path("bytesFromDisk").asLong() + waxwing.ask("cache", "status").path("hits").asLong())
                .as("what is only prepared is not heard").isZero();
        waxwing.ask("next");
        awaitStatus("the next track is heard from here", s -> s.path("hits").asLong() == 1 && s.path("bytesFromDisk").asLong() > 0);
        JsonNode heard = waxwing.ask("cache", "status");
        assertThat(heard.path("hitRate").asDouble()).isEqualTo(0.5);
        assertThat(heard.path("evictions").asLong()).isZero();

        waxwing.ask("stop");
        waxwing.ask("cache", "set", "queue-precache", "off");
        waxwing.ask("queue", "clear");
        awaitStatus("nothing is next", s -> waxwing.ask("downloads", "--status", "pending,downloading").path("total").asInt() == 0);
        JsonNode before = waxwing.ask("cache", "status");
        assertThat(before.path("files").asLong()).isGreaterThanOrEqualTo(3);
        long limit = before.path("used").asLong() - 1;
        WaxwingProcess.await("what goes beyond the limit goes",
                () -> waxwing.ask("cache", "set", "limit", String.valueOf(limit)).path("used")
                        .asLong() <= limit);
        JsonNode less = waxwing.ask("cache", "status");
        assertThat(less.path("evictions").asLong()).isEqualTo(before.path("files").asLong() - less.path("files").asLong()).isPositive();

        var freed = new java.util.concurrent.atomic.AtomicLong();
        WaxwingProcess.await("nothing is protected any more", () -> {
            JsonNode cleared = waxwing.ask("cache", "clear");
            freed.addAndGet(cleared.path("freed").asLong());
            return cleared.path("used").asLong() == 0;
        });
        assertThat(freed.get()).isEqualTo(less.path("used").asLong()).isPositive();
        JsonNode empty = waxwing.ask("cache", "status");
        assertThat(empty.path("used").asLong() + empty.path("files").asLong()).isZero();
        assertThat(empty.path("pinned").asLong()).as("what is kept stays").isEqualTo(pinned);
        assertThat(waxwing.ask("offline", "has", kept).path("available").asBoolean()).isTrue();
        waxwing.quit(instance);

        JsonNode later = waxwing.json("cache", "status");
        for (String key : KEYS) assertThat(later.path(key)).as(key + " in the next run").isEqualTo(empty.path(key));
        for (JsonNode cache : waxwing.json("metrics").path("caches")) {
            if (!cache.path("name").asString().equals("music")) continue;
            assertThat(cache.path("hits").asLong()).isEqualTo(later.path("hits").asLong());
            assertThat(cache.path("evictions").asLong()).isEqualTo(before.path("files").asLong());
        }
        waxwing.json("metrics", "reset");
        JsonNode reset = waxwing.json("cache", "status");
        assertThat(reset.path("hits").asLong() + reset.path("misses").asLong() + reset.path("evictions").asLong()
                + reset.path("bytesFromDisk").asLong() + reset.path("bytesFromNetwork").asLong()).isZero();
    }

    private void awaitStatus(String what, java.util.function.Predicate<JsonNode> holds) {
        JsonNode[] last = {waxwing.ask("cache", "status")};
        try {
            WaxwingProcess.await(what, () -> {
                last[0] = waxwing.ask("cache", "status");
                return holds.test(last[0]);
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; the cache: " + last[0], e);
        }
    }
}
