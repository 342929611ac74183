package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.control.Exit;
import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoServer;
import app.waxwing.library.Library;
import app.waxwing.server.ItemKind;
import app.waxwing.testing.QueryPlans;
import app.waxwing.testing.QueryPlans.Excuse;
import app.waxwing.testing.QueryPlans.Walk;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Map;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// What holds for the program as a whole, on one machine, over one database.
class ProgramTest {
    @TempDir
    Path folder;
    private DemoServer server;
    private ProgramDesk desk;

    @BeforeEach
    void start() throws IOException {
        server = DemoServer.start(DemoLibrary.bundled(), 0);
        server.addUser("anna", "secret");
        desk = new ProgramDesk(folder.resolve("data"));
    }

    @AfterEach
    void stop() {
        desk.close();
        server.close();
    }

    private void whole(String id) {
        ProgramDesk.until(id + " is here", () -> desk.run("offline", "has", id).path("available").asBoolean());
    }

    private List<Path> music() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("data/media"))) {
            return all.filter(p -> Files.isRegularFile(p) && !p.toString().contains(".waxwing")).toList();
        }
    }

    @Test
    @DisplayName("Issue 4 «server show» leaves a server's music out of lists and search, tells running lists, is remembered, and stops nothing else")
    void shownServers() throws IOException {
        String home = desk.signIn(server.url(), DemoServer.USER, DemoServer.PASSWORD);
        try (var second = DemoServer.start(DemoLibrary.synthetic(30, 7), 0)) {
            String attic = desk.signIn(second.url(), DemoServer.USER, DemoServer.PASSWORD);
            desk.run("sync");
            List<String> all = desk.ids("tracks");
            List<String> theirs = DemoLibrary.bundled().tracks().stream().map(t -> t.id()).toList();
            assertThat(all).hasSize(theirs.size() + 30);
            var told = new ConcurrentSkipListSet<Library.Change>();
            desk.wiring().engines().library().changes().subscribe(told::add);
            var answer = desk.run("server", "show", home);
            assertThat(answer.path("items").valueStream().filter(a -> a.path("shown").asBoolean()).map(a -> a.path("id").asString()))
                    .containsExactly(home);
            ProgramDesk.until("lists that are shown are told", () -> told.contains(Library.Change.CONTENT));
            assertThat(desk.ids("tracks")).containsExactlyInAnyOrderElementsOf(theirs);
            String hidden = all.stream().filter(id -> !theirs.contains(id)).findFirst().orElseThrow();
            String title = desk.run("show", hidden).path("title").asString();
            assertThat(desk.ids("search", title)).doesNotContain(hidden);
            desk.run("download", hidden);
            whole(hidden);
            desk.run("favourite", hidden, "on");
            assertThat(desk.run("show", hidden).path("favourite").asBoolean()).isTrue();
            desk.restart();
            assertThat(desk.ids("tracks")).containsExactlyInAnyOrderElementsOf(theirs);
            assertThat(desk.run("server", "list").path("items").valueStream().filter(a -> a.path("shown").asBoolean())).hasSize(1);
            assertThat(desk.outcome("server", "show", "nowhere").exit()).isEqualTo(Exit.NOT_FOUND);
            assertThat(desk.outcome("server", "show").exit()).isEqualTo(Exit.USAGE);
            String name = desk.run("server", "list").path("items").valueStream().filter(a -> a.path("id").asString().equals(attic))
                    .findFirst().orElseThrow().path("name").asString();
            desk.run("server", "show", name.toUpperCase(java.util.Locale.ROOT));
            assertThat(desk.ids("tracks")).hasSize(30).contains(hidden);
            desk.run("server", "show", "all");
            assertThat(desk.ids("tracks")).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    @Test
    @DisplayName("0.13, 4.5 two accounts of one server on one machine never see each other's favourites, plays, playlists, downloads or files, through the whole program")
    void twoAccounts() throws Exception {
        String demo = desk.signIn(server.url(), DemoServer.USER, DemoServer.PASSWORD);
        desk.run("sync");
        List<String> tracks = desk.ids("tracks", "--limit", "4");
        desk.run("favourite", tracks.get(0), "on");
        String mine = desk.run("playlist", "create", "Mine alone", tracks.get(0), tracks.get(1)).path("id").asString();
        desk.run("download", tracks.get(0));
        whole(tracks.get(0));
        String anna = desk.signIn(server.url(), "anna", "secret");
        assertThat(anna).isNotEqualTo(demo);
        desk.run("sync");
        assertThat(desk.ids("tracks")).hasSizeGreaterThan(4).doesNotHaveDuplicates();
        assertThat(desk.ids("tracks", "--favourites")).isEmpty();
        assertThat(desk.ids("offline", "list")).isEmpty();
        assertThat(desk.run("offline", "has", tracks.get(0)).path("available").asBoolean()).isFalse();
        assertThat(desk.ids("playlists")).doesNotContain(mine);
        assertThat(desk.outcome("show", mine).exit()).isEqualTo(Exit.NOT_FOUND);
        assertThat(desk.run("search", "Mine alone", "--kind", "playlist").path("items").valueStream()
                .filter(p -> p.path("editable").asBoolean() || p.path("trackCount").asInt() > 0)).as("but what its server shows her")
                .isEmpty();
        assertThat(desk.run("playlist", "undelete").path("items")).isEmpty();
        desk.run("download", tracks.get(0), tracks.get(1));
        whole(tracks.get(0));
        whole(tracks.get(1));
        desk.run("favourite", tracks.get(2), "on");
        assertThat(music()).as("a track kept by both is stored twice").hasSize(3);
        Map<String, Long> kept = new java.util.HashMap<>();
        desk.run("server", "list").path("items").valueStream().forEach(a -> {
            kept.put(a.path("id").asString(), a.path("keptBytes").asLong());
            assertThat(a.path("cachedBytes").asLong(-1)).isZero();
        });
        long all = 0;
        for (Path file : music()) all += Files.size(file);
        assertThat(kept).as("issue 3: what each account's music takes").containsOnlyKeys(demo, anna);
        assertThat(kept.getOrDefault(demo, 0L)).isPositive().isLessThan(kept.getOrDefault(anna, 0L));
        assertThat(kept.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(all);

        desk.run("server", "use", demo);
        assertThat(desk.ids("tracks", "--favourites")).containsExactly(tracks.get(0));
        assertThat(desk.ids("offline", "list")).containsExactly(tracks.get(0));
        String path = desk.run("offline", "has", tracks.get(0)).path("path").asString();
        desk.run("server", "use", anna);
        assertThat(desk.run("offline", "has", tracks.get(0)).path("path").asString()).isNotEqualTo(path);
        neverSeen(demo, anna, tracks);

        // One of them goes with all that is hers, in the backups too; the other's stays as it was.
        desk.run("backup");
        desk.run("data", "delete", anna);
        ProgramDesk.until("her files go", () -> {
            try {
                return music().size() == 1;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        assertThat(desk.wiring().engines().accounts().active()).as("his library is shown, without a word from anybody")
                .extracting(a -> String.valueOf(a.id())).containsExactly(demo);
        assertThat(desk.ids("offline", "list")).containsExactly(tracks.get(0));
        desk.restart();
        assertThat(desk.ids("offline", "list")).containsExactly(tracks.get(0));
        assertThat(desk.ids("tracks")).contains(tracks.get(0), tracks.get(1));
        assertThat(desk.run("offline", "has", tracks.get(0)).path("path").asString()).isEqualTo(path);
        assertThat(Path.of(path)).exists();
        assertThat(desk.ids("tracks", "--favourites")).containsExactly(tracks.get(0));
        assertThat(desk.run("backups").path("items")).hasSize(1);
        Path unpacked = folder.resolve("unpacked.db");
        try (var in = new java.util.zip.GZIPInputStream(Files.newInputStream(
                Path.of(desk.run("backups").path("items").get(0).path("path").asString())))) {
            Files.copy(in, unpacked);
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + unpacked);
                var rows = connection.createStatement().executeQuery("SELECT count(*) FROM account WHERE user_name = 'anna'")) {
            assertThat(rows.getInt(1)).isZero();
        }
    }

    private List<String> deeds() {
        return desk.run("doctor", "--audit").path("audit").valueStream().map(d -> d.path("object").asString()).toList();
    }

    private List<String> heard() {
        return desk.run("history").path("items").valueStream().map(p -> p.path("track").path("id").asString()).toList();
    }

    /// What he heard, fetches, changed and listens to is not there for her, and is there for him again. Begins and ends with her as the active one.
    private void neverSeen(String demo, String anna, List<String> tracks) throws Exception {
        desk.run("server", "use", demo);
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/waxwing.db"));
                var play = connection
                        .prepareStatement("INSERT INTO play_history (account_id, track_item_id, title, artist_name, played_at, "
                                + "played_ms, source, is_counted) VALUES (?, ?, 'His song', 'Nobody', 1000, 60000, 'local', 1)")) {
            connection.createStatement().execute("PRAGMA busy_timeout = 30000");
            play.setLong(1, Long.parseLong(demo));
            play.setString(2, tracks.get(0));
            play.execute();
        }
        desk.run("offline", "on");
        String list = desk.run("playlist", "create", "His list", tracks.get(0)).path("id").asString();
        desk.run("playlist", "delete", list);
        desk.run("favourite", tracks.get(3), "on");
        desk.run("download", tracks.get(3));
        desk.run("play", tracks.get(0));
        desk.run("pause");
        assertThat(desk.ids("downloads")).hasSize(2);
        assertThat(heard()).contains(tracks.get(0));
        assertThat(desk.run("offline", "pending").path("items").size()).isPositive();
        List<String> his = desk.ids("queue");
        assertThat(his).isNotEmpty();

        assertThat(deeds()).as("4.20 what he did").anyMatch(d -> d.startsWith("His list ("))
                .anyMatch(d -> d.startsWith(DemoServer.USER + " at "));

        desk.run("server", "use", anna);
        assertThat(deeds()).as("4.20 what she did, and what concerns nobody").noneMatch(d -> d.contains("His list"))
                .noneMatch(d -> d.contains(DemoServer.USER + " at ")).anyMatch(d -> d.startsWith("anna at "));
        assertThat(heard()).isEmpty();
        assertThat(desk.run("history").path("total").asInt()).isZero();
        assertThat(desk.run("downloads").path("items").valueStream().map(d -> d.path("itemId").asString()))
                .containsExactlyInAnyOrder(tracks.get(0), tracks.get(1));
        assertThat(desk.run("offline", "pending").path("items")).isEmpty();
        ProgramDesk.until("his queue is not seen", () -> desk.run("queue").path("items").isEmpty());
        desk.outcome("queue", "undo");
        assertThat(desk.run("queue").path("items")).isEmpty();
        Path zip = folder.resolve("hers.zip");
        desk.run("data", "export", zip.toString());
        try (var in = new java.util.zip.ZipFile(zip.toFile())) {
            for (var entry : java.util.Collections.list(in.entries())) {
                String text = new String(in.getInputStream(in.getEntry(entry.getName())).readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
                assertThat(text).as(entry.getName()).doesNotContain("His song", "\"" + DemoServer.USER + "\"", "," + DemoServer.USER + ",");
            }
        }
        desk.run("history", "clear");
        desk.outcome("history", "undo");

        desk.run("server", "use", demo);
        assertThat(heard()).as("her clearing is hers").contains(tracks.get(0));
        assertThat(desk.run("offline", "pending").path("items").size()).isPositive();
        assertThat(desk.ids("downloads")).hasSize(2);
        ProgramDesk.until("his queue is back", () -> desk.ids("queue").equals(his));
        desk.run("downloads", "cancel", tracks.get(3));
        desk.run("favourite", tracks.get(3), "off");
        desk.run("offline", "auto");
        ProgramDesk.until("sent", () -> desk.run("offline", "pending").path("items").isEmpty());
        desk.run("server", "use", anna);
    }

    @Test
    @DisplayName("4.16 backup, more edits, restore: the next start is as it was then, its music is found, edits of then are held, sent when the user says so, and all is found by search")
    void restored() throws Exception {
        desk.signIn(server.url(), DemoServer.USER, DemoServer.PASSWORD);
        desk.run("sync");
        List<String> tracks = desk.ids("tracks", "--limit", "4");
        desk.run("download", tracks.get(0));
        whole(tracks.get(0));
        desk.run("offline", "on");
        desk.run("favourite", tracks.get(1), "on");
        String file = desk.run("backup", folder.resolve("mine.gz").toString()).path("path").asString();
        assertThat(desk.outcome("backup", file).exit()).isEqualTo(Exit.FAILED);
        desk.run("offline", "auto");
        ProgramDesk.until("sent", () -> desk.run("offline", "pending").path("items").isEmpty());
        desk.run("favourite", tracks.get(1), "off");
        desk.run("download", tracks.get(2));
        whole(tracks.get(2));
        ProgramDesk.until("sent", () -> desk.run("offline", "pending").path("items").isEmpty());
        String word = desk.run("show", tracks.get(3)).path("title").asString();
        assertThat(desk.outcome("restore", folder.resolve("no.gz").toString()).exit()).isEqualTo(Exit.NOT_FOUND);
        assertThat(desk.outcome("restore", folder.resolve("data/waxwing.db").toString()).sentence())
                .contains("is the library that is in use");
        assertThat(desk.run("restore", file).path("restored").asBoolean()).isTrue();
        assertThat(desk.quits).as("it ends, so that the restore counts").hasValue(1);
        desk.restart();
        assertThat(desk.wiring().news()).singleElement().asString().contains("put back as it was on", "One change that waited");
        assertThat(desk.run("doctor").path("checks").valueStream().filter(c -> c.path("name").asString().equals("database")).toList())
                .as("what was asked for is no trouble").singleElement()
                .matches(c -> c.path("ok").asBoolean() && c.path("detail").asString().contains("put back as it was on"));
        whole(tracks.get(0));
        whole(tracks.get(2)); // kept after the backup: its manifest knows it
        assertThat(desk.ids("tracks", "--favourites")).containsExactly(tracks.get(1));
        ProgramDesk.until("it is found", () -> desk.ids("search", word).contains(tracks.get(3)));
        var held = desk.run("offline", "pending").path("items");
        assertThat(held).hasSize(1);
        assertThat(held.get(0).path("heldFrom").asString()).isNotBlank();
        desk.run("sync");
        assertThat(desk.run("offline", "pending").path("items")).as("a sync sends nothing that is held").hasSize(1);
        assertThat(desk.run("offline", "pending", "send").path("sent").asInt()).isEqualTo(1);
        ProgramDesk.until("sent", () -> desk.run("offline", "pending").path("items").isEmpty());
        assertThat(desk.run("doctor", "--audit").path("audit").valueStream().map(d -> d.path("action").asString())).contains("restore",
                "sign-in", "server-added");
        assertThat(desk.run("backups").path("items")).as("as it was before the restore").isNotEmpty();
    }

    private static final List<Excuse> EXCUSES = List.of(
            Excuse.whole("a list holds the numbers of all its rows, as QueryPlanTest says", "INDEX (track|album|artist)_by_",
                    "^select (track|album|artist)\\.id from (track|album|artist) where \\(\\+(?!.*\\.id in \\()(?!.* limit )"),
            Excuse.first("a slice of a list, by `--limit`", "INDEX (track|album|artist)_by_",
                    "^select (track|album|artist)\\.id from (track|album|artist) where \\(\\+(?!.*\\.id in \\()"),
            Excuse.every("how many rows there are, counted in an index alone", "COVERING INDEX (track|album|artist)_by_",
                    "^select count\\(\\*\\) as c from \\(select 1 as v0 from (track|album|artist) where \\(\\+"),
            Excuse.every("an index of those alone that are gone", "INDEX (track|album|artist)_gone", ""),
            Excuse.every("an index of those alone that were removed", "INDEX (download|playlist|play_history)_removed", ""),
            Excuse.every("an index of those alone that still have a file to go", "INDEX download_left", ""),
            Excuse.every("an index of those alone that have a part file", "COVERING INDEX download_parts", ""),
            Excuse.every("«Playable now» of the whole library: all files, which are fewer than all tracks",
                    "^SCAN media_file USING COVERING INDEX media_file_by_folder", "^(?!.*(item_id|genre\\.id) = \\?)"),
            Excuse.every("all words, held in memory for slips of the finger", "SCAN search_word", "^select group_concat\\(word"),
            Excuse.every("what is in the queue, as a set, once a day", "SCAN queue_item", "NOT IN \\(SELECT queue_item.account_id"),
            Excuse.every("in how many pieces a search index lies, a row for each of its pages, after a long sync", "SCAN \\w+_fts_idx",
                    "^SELECT count\\(DISTINCT segid\\) FROM"),
            Excuse.every("what came by the hour, of two days at most, swept once a day", "SCAN download_traffic",
                    "^DELETE FROM download_traffic"),
            Excuse.whole("the audit, newest first: some of it, or all in an export", "INDEX audit_by_time",
                    "^select audit.* order by audit.at desc"),
            Excuse.first("what was heard, newest first", "INDEX play_history_by_time",
                    "^select play_history.* order by play_history.played_at desc"),
            Excuse.every("the queue's figures, counted once when the engine starts or another account is shown", "INDEX download_by_status",
                    "^select download.status, count\\(\\*\\) from download"),
            Excuse.every("what all files take, by account", "SCAN media_file", "^select media_file.account_id, media_file.is_pinned, sum"),
            Excuse.every("`downloads verify` compares every file with its row", "SCAN media_file", "order by media_file.id$"),
            Excuse.every("`downloads verify`: all that lies in a folder", "INDEX media_file_by_path \\(root",
                    "^select media_file.path from media_file"),
            Excuse.every("what lies in the cache and what it takes: its limit lets few in",
                    "INDEX media_file_by_(path \\(root|use \\(is_pinned)",
                    "\\+media_file.is_pinned = 1|^select (cast\\(sum\\(media_file.size\\)|media_file.id,)"),
            Excuse.every("an account that goes: all of its rows, in pieces", "\\(account_id=\\?\\)",
                    "^(delete from \\w+ where id in \\()?select (id|\\w*item_id) from \\w+ where account_id = \\? limit \\?"),
            Excuse.every("an account that goes: all of its rows", "\\(account_id=\\?\\)",
                    "^delete from (image|keep_exception) where \\w+.account_id = \\?$"),
            Excuse.every("an account that goes: all of its files", "SEARCH media_file",
                    "^(delete from media_file|insert into abandoned_file|select media_file\\.id,).*where \\(?media_file.account_id = \\?"
                            + "( and media_file.folder_id is not null\\))?( order by media_file.id)?$"),
            Excuse.every("an account that goes: its downloads that are not whole", "INDEX download_once",
                    "^select download.id from download where \\(download.account_id = \\? and download.status <> \\?"),
            Excuse.every("an account that came back: what keeps its files, in the qualities that most of them have",
                    "INDEX keep_reason_by_source",
                    "group by keep_reason.kind, keep_reason.source_item_id, media_file.quality"),
            Excuse.every("what was taken out of kept collections by hand", "SEARCH keep_exception", "^(select|update) keep_exception"),
            Excuse.every("once a sync: how many rows the account has, and which of them its pass did not see",
                    "SEARCH (track|album|artist)",
                    "^select ((track|album).folder_item_id, )?(count\\(\\*\\)|(track|album|artist).id) from \\w+ where \\(\\w+.account_id = \\? "
                            + "and \\w+.gone_at is null"),
            Excuse.every("once a sync: how many rows the account has, counted in an index alone",
                    "SEARCH (track|album|artist) USING COVERING INDEX \\w+ \\(account_id=\\?\\)$",
                    "^select \\(\\(select count\\(\\*\\) from (track|album|artist) where"),
            Excuse.every("once a sync: the newest row, in the index alone", "SEARCH track USING COVERING", "^select max\\(track.id\\)"),
            Excuse.every("once a sync: libraries that the server no longer has, while music of them is here", "SEARCH track",
                    "^delete from library_folder"),
            Excuse.every("once a sync: the favourites as the server told them", "SEARCH user_data", "user_data.is_favourite = 1\\)\\)$"),
            Excuse.every("how many plays there are, counted in the index alone", "COVERING INDEX play_history_by_track",
                    "^select count\\(\\*\\) from play_history where play_history.account_id in"));

    @Test
    @DisplayName("4.11 every statement that the program runs in a long session uses an index: no big table is scanned")
    void everyStatement() throws Exception {
        Set<String> statements = new ConcurrentSkipListSet<>();
        var each = (Logger) LoggerFactory.getLogger("app.waxwing.store.statements");
        var collect = new AppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent event) {
                statements.add(event.getFormattedMessage());
            }
        };
        collect.setContext(each.getLoggerContext());
        collect.start();
        each.addAppender(collect);
        each.setLevel(Level.TRACE);
        each.setAdditive(false);
        try {
            desk.restart();
            session();
        } finally {
            each.setLevel(null);
            each.setAdditive(true);
            each.detachAppender(collect);
        }
        assertThat(statements).hasSizeGreaterThan(200);
        List<Walk> walks = new ArrayList<>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/waxwing.db"))) {
            var plans = new QueryPlans(connection);
            for (String statement : statements) {
                String first = statement.strip().split("\\s+")[0].toLowerCase(java.util.Locale.ROOT);
                if (Set.of("select", "insert", "update", "delete", "with").contains(first)) walks.addAll(plans.walks(statement));
            }
        }
        QueryPlans.assertExcused(walks, EXCUSES);
    }

    @Test
    @DisplayName("Search's operators narrow by the command line too, and `--after` goes through a list page by page to the same list")
    void operatorsAndPagesByCommand() {
        desk.signIn(server.url(), DemoServer.USER, DemoServer.PASSWORD);
        desk.run("sync", "--full");
        var track = desk.run("show", desk.ids("tracks").get(3));
        String artist = track.path("artists").get(0).asString();
        String album = track.path("album").asString();
        String year = track.path("year").asString();
        String genre = track.path("genres").get(0).asString();
        for (var part : Map.of("artist", artist, "album", album, "year", year, "genre", genre).entrySet()) {
            var found = desk.run("search", part.getKey() + ":\"" + part.getValue() + "\"", "--kind", "track", "--limit", "500")
                    .path("items");
            assertThat(found.size()).as(part.toString()).isPositive();
            String field = part.getKey().equals("genre") ? "genres" : part.getKey();
            assertThat(found.valueStream().map(i -> i.path(field).toString())).as(part.toString())
                    .allMatch(text -> text.contains(part.getValue()));
        }
        assertThat(desk.ids("search", "is:favourite", "--kind", "track")).doesNotContain(track.path("id").asString());
        desk.run("favourite", track.path("id").asString(), "on");
        assertThat(desk.ids("search", "is:favourite artist:\"" + artist + "\"", "--kind", "track")).contains(track.path("id").asString());
        assertThat(desk.run("search", "is:local", "--kind", "track").path("items").size()).isZero();
        for (String list : List.of("tracks", "albums", "artists", "playlists", "genres")) {
            List<String> whole = desk.ids(list, "--sort", "title");
            List<String> paged = new ArrayList<>(desk.ids(list, "--sort", "title", "--limit", "4"));
            while (paged.size() < whole.size()) {
                List<String> next = desk.ids(list, "--sort", "title", "--limit", "4", "--after", paged.getLast());
                if (next.isEmpty()) break;
                paged.addAll(next);
            }
            assertThat(paged).as(list).isEqualTo(whole);
        }
        assertThat(desk.outcome("tracks", "--after", "nobody").exit()).isEqualTo(Exit.NOT_FOUND);
    }

    /// As much as one person does in a month, in a minute.
    private void session() throws IOException {
        String demo = desk.signIn(server.url(), DemoServer.USER, DemoServer.PASSWORD);
        desk.run("sync", "--full");
        desk.run("sync");
        String album = desk.ids("albums").getFirst();
        String artist = desk.ids("artists").getFirst();
        List<String> tracks = desk.ids("tracks");
        var sorts = Map.of("tracks", List.of("title", "artist", "album", "year", "added", "duration", "plays", "played", "random"),
                "albums",
                List.of("title", "artist", "year", "added", "duration", "plays", "played", "random"), "artists",
                List.of("name", "plays", "played", "random"), "playlists", List.of("title", "duration", "tracks", "random"));
        for (String list : List.of("albums", "artists", "tracks", "playlists")) {
            for (String sort : java.util.Objects.requireNonNull(sorts.get(list))) {
                desk.run(list, "--sort", sort, "--limit", "5", "--offset", "2");
                desk.run(list, "--sort", sort, "--offline-only");
            }
            desk.run(list, "--favourites");
        }
        desk.run("genres");
        for (String within : List.of("album=" + album, "artist=" + artist, "playlist=" + desk.ids("playlists").getFirst())) {
            desk.run("tracks", "--" + within.substring(0, within.indexOf('=')), within.substring(within.indexOf('=') + 1));
        }
        for (String id : List.of(album, artist, tracks.getFirst(), desk.ids("playlists").getFirst())) desk.run("show", id);
        for (String text : List.of("a", "the ri", "zzz", "night train", "東京")) {
            desk.run("search", text);
            desk.run("search", text, "--offline-only");
            desk.run("offline", "search", text);
        }
        desk.wiring().engines().library().home(12).join();
        for (String id : List.of(album, artist, tracks.getFirst(), desk.ids("playlists").getFirst())) desk.run("favourite", id, "on");
        String playlist = desk.run("playlist", "create", "Session", tracks.get(0), tracks.get(1)).path("id").asString();
        desk.run("playlist", "add", playlist, tracks.get(2));
        desk.run("playlist", "remove", playlist, tracks.get(0));
        ProgramDesk.until("sent", () -> desk.run("offline", "pending").path("items").isEmpty());
        String known = desk.run("show", playlist).path("id").asString();
        desk.run("playlist", "delete", known);
        desk.run("playlist", "undelete");
        assertThat(desk.run("playlist", "undelete", playlist).path("title").asString()).as("by the id it was made with")
                .isEqualTo("Session");
        desk.run("playlist", "delete", playlist);
        desk.run("download", album, playlist.equals(known) ? tracks.get(3) : tracks.get(3));
        desk.run("download", desk.ids("playlists").getFirst(), "--priority", "2");
        whole(album);
        var mine = new ItemKey(desk.wiring().engines().accounts().active().getFirst().id(), album);
        assertThat(desk.wiring().engines().keepSet().state(ItemKind.ALBUM, mine).join().completed()).as("what its button shows")
                .isPositive();
        desk.run("downloads");
        desk.run("downloads", "--status", "pending,failed", "--limit", "3");
        String done = desk.run("downloads", "--limit", "2").path("items").get(1).path("itemId").asString();
        desk.run("downloads", "--limit", "3", "--after", done);
        for (String verb : List.of("pause", "resume", "retry")) desk.run("downloads", verb, "--all");
        desk.run("downloads", "verify", "--repair");
        String first = desk.run("downloads").path("items").get(0).path("id").asString();
        desk.run("downloads", "priority", first, "3");
        desk.run("downloads", "delete", first);
        desk.run("play", album);
        ProgramDesk.until("it plays", () -> desk.run("status").path("state").asString().equals("playing"));
        for (String[] command : new String[][]{{"next"}, {"seek", "2"}, {"volume", "40"}, {"shuffle", "on"}, {"repeat", "all"},
                {"queue", "add", tracks.get(4)}, {"queue", "play-next", tracks.get(5)}, {"queue", "move", "0", "1"},
                {"queue", "remove", "1"},
                {"queue", "undo"}, {"queue"}, {"pause"}, {"stop"}, {"history"}, {"history", "clear"}, {"history", "undo"},
                {"server", "list"},
                {"offline", "list"}, {"offline", "has", album}, {"settings"}, {"doctor", "--audit"}, {"backup"}, {"backups"},
                {"queue", "clear"}}) {
            desk.run(command);
        }
        desk.run("data", "export", folder.resolve("mine.zip").toString());
        desk.wiring().upkeep().run().join();
        desk.restart();
        desk.signIn(server.url(), "anna", "secret");
        desk.run("sync");
        desk.run("download", tracks.getFirst());
        whole(tracks.getFirst());
        desk.run("server", "use", demo);
        desk.run("server", "remove", desk.run("server", "list").path("items").valueStream().map(a -> a.path("id").asString())
                .filter(id -> !id.equals(demo)).findFirst().orElseThrow());
    }
}
