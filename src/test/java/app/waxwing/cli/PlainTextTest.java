package app.waxwing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.control.Doc;
import app.waxwing.settings.Metrics;
import app.waxwing.settings.MetricsText;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a person reads of a command without `--json`.
class PlainTextTest {
    private static Doc missing(long missing, long known) {
        return Doc.of().put("missing", missing).put("known", known);
    }

    private static Doc held(String library, String server) {
        return Doc.of().put("library", library).put("title", "Rock").put("serverId", "s").put("server", server)
                .put("tracks", missing(100, 1_000)).put("albums", missing(0, 90)).put("artists", missing(0, 0))
                .put("playlists", missing(0, 0)).put("since", "2026-11-28T09:41:00Z");
    }

    @Test
    @DisplayName("B.11 `server list` names the account that has to sign in again")
    void signedOut() {
        Doc good = Doc.of().put("id", "1").put("name", "attic").put("reachable", true).put("signedIn", true);
        Doc out = Doc.of().put("id", "2").put("name", "cellar").put("reachable", true).put("signedIn", false);
        assertThat(PlainText.of(Doc.list(List.of(good, out), 2))).isEqualTo("""
                1  attic   true
                2  cellar  true  asks you to sign in again""");
    }

    @Test
    @DisplayName("KeepSet `downloads left` names the playlist that lost the track")
    void left() {
        Doc source = Doc.of().put("id", "p").put("kind", "playlist").put("title", "Morning tram");
        assertThat(PlainText
                .of(Doc.list(List.of(Doc.of().put("id", "t").put("title", "Customs").put("artist", "Ida").put("source", source)), 1)))
                .isEqualTo("t  Customs  Ida  not in playlist «Morning tram»");
    }

    @Test
    @DisplayName("4.16 how far a restore is stands on one line a step")
    void steps() {
        assertThat(PlainText.of(Doc.of().put("phase", "unpacking").put("progress", 0.4))).isEqualTo("Unpacking 40 %");
        assertThat(PlainText.of(Doc.of().put("phase", "checking"))).isEqualTo("Checking");
    }

    @Test
    @DisplayName("Issue 4 `sync held` and `sync` say of each library its name for commands, its server and how much is missing")
    void heldLibraries() {
        Doc list = Doc.list(List.of(held("1:f1", "attic"), held("2:f1", "cellar")), 2);
        assertThat(PlainText.of(list)).isEqualTo("""
                1:f1  Rock  attic   100 of 1000 tracks missing  since 2026-11-28T09:41:00Z
                2:f1  Rock  cellar  100 of 1000 tracks missing  since 2026-11-28T09:41:00Z""");
        assertThat(PlainText.of(Doc.of().put("tracks", 1_000).put("held", List.of(held("1:f1", "attic"))))).contains("tracks: 1000",
                "held:", "1:f1  Rock  attic  100 of 1000 tracks missing");
    }

    @Test
    @DisplayName("Issue 4 `sync libraries` says which are on and how many tracks each has, `sync status` when each account was brought up to date")
    void librariesAndStatus() {
        assertThat(PlainText.of(Doc.list(List.of(
                Doc.of().put("library", "1:f1").put("title", "Music").put("server", "attic").put("synced", true).put("tracks", 10),
                Doc.of().put("library", "1:f2").put("title", "Talks").put("server", "attic").put("synced", false).put("tracks", 1)), 2)))
                .isEqualTo("""
                        1:f1  Music  attic  on   10 tracks
                        1:f2  Talks  attic  off  1 track""");
        assertThat(PlainText.of(Doc.list(List.of(
                Doc.of().put("serverId", "s").put("server", "attic").put("user", "ida").put("updated", "2026-11-28T09:41:00Z")
                        .put("unusable", 3).put("moved", 0)),
                1))).isEqualTo("attic  ida  updated 2026-11-28T09:41:00Z  3 unusable");
    }

    @Test
    @DisplayName("Issue 3 `downloads folders` names each folder, what lies in it, and one that is not there")
    void folders() {
        Doc here = Doc.of().put("folder", "/home/ida/Music").put("default", true).put("missing", false).put("files", 12).put("bytes", 9)
                .put("free", 61_000_000_000L).put("leaving", 0);
        Doc away = Doc.of().put("folder", "/media/drive").put("default", false).put("missing", true).put("files", 3).put("bytes", 7)
                .put("leaving", 0);
        assertThat(PlainText.of(Doc.list(List.of(here, away), 2)).lines().map(l -> l.replaceAll(" {2,}", "  "))).containsExactly(
                "/home/ida/Music  9 B  12 files  61 GB free  new downloads go here", "/media/drive  7 B  3 files  not there");
        assertThat(PlainText.of(Doc.list(List.of(Doc.of().put("folder", "/music").put("files", 1)), 1))).endsWith("1 file");
    }

    @Test
    @DisplayName("C.3 4, 4.16 `offline pending` says which changes are held, and that they are to be sent or dropped")
    void pending() {
        Doc held = Doc.of().put("id", 7).put("kind", "favourite").put("detail", "Make «Rain» a favourite")
                .put("createdAt", "2026-08-01T09:41:00Z").put("heldFrom", "2026-08-01T09:41:00Z");
        Doc waits = Doc.of().put("id", 8).put("kind", "play").put("detail", "«Rain» was played").put("createdAt", "2026-11-28T09:41:00Z");
        assertThat(PlainText.of(Doc.list(List.of(held, waits), 2)).lines().map(l -> l.replaceAll(" {2,}", "  "))).containsExactly(
                "7  favourite  Make «Rain» a favourite  held: send or drop it  2026-08-01T09:41:00Z",
                "8  play  «Rain» was played  2026-11-28T09:41:00Z");
    }

    @Test
    @DisplayName("Lists of tracks read as before")
    void tracks() {
        assertThat(
                PlainText.of(Doc.list(List.of(Doc.of().put("id", "t1").put("title", "Rain").put("artist", "Ada").put("duration", 61)), 1)))
                .isEqualTo("t1  Rain  Ada  1:01");
    }

    @Test
    @DisplayName("C.5 `metrics` as text names its columns, and says times, rates and sizes as people read them")
    void metrics() {
        var level = new Metrics.Level(0, Duration.ZERO);
        Doc doc = Doc.of();
        var levels = new Metrics.Levels(level, level, level);
        var words = new Metrics.Cache("lyrics", 3, 1, Duration.ofNanos(420_000), Duration.ofMillis(12), 5, 15_000, 0, 0, 1, 9, 0, levels);
        var alike = new Metrics.Cache("similar", 15, 5, Duration.ofMillis(2), Duration.ofMillis(120), 5, 15_000, 1, 2, 5, 0, 10_000_000,
                levels);
        MetricsText.fields(new Metrics.View(List.of(words, alike), new Metrics.Store(1, 2, 3, Duration.ZERO, 0, 0, 0, List.of())))
                .forEach(doc::put);
        assertThat(PlainText.of(doc).lines().map(l -> l.strip().replaceAll(" {2,}", "  "))).contains("hitRate: 75.0 %", "mean: 1.74 ms",
                "hits  misses  hit rate  mean  95 %  items  size  at most  evictions  errors  network  ahead",
                "lyrics  3  1  75.0 %  0.42 ms  12 ms  5  15 kB  –  0  0  1  9",
                "similar  15  5  75.0 %  2.00 ms  120 ms  5  15 kB  10 MB  1  2  5  0");
    }
}
