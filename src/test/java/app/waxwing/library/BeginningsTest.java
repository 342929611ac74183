package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.SystemTime;
import app.waxwing.server.ArtistRef;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.SampleWords;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A beginning of more letters than the index has lists for is looked for as the words that begin so: FTS5 would gather every row of it before it
/// gave the first one, with a million tracks tens of thousands for each letter that is typed.
class BeginningsTest {
    private static final int TRACKS = 600;
    @TempDir
    Path folder;
    private LibraryDesk desk;
    private FakeMediaServer server;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        server = new FakeMediaServer("one").fill(TRACKS);
        var by = new ArtistRef("ar0", SampleWords.artist(0));
        List<String> more = List.of("Σοφός Σοφοκλής", "Кино и кинотеатр", "Shadow", "Shadowplay 2000", "Shad & the Shadows", "Ελλάς");
        for (int i = 0; i < more.size(); i++)
            server.tracks.put("x" + i, FakeMediaServer.track("x" + i, more.get(i), "al0", SampleWords.album(0), by, i));
        for (int i = 0; i < 40; i++)
            server.tracks.put("y" + i, FakeMediaServer.track("y" + i, "Word" + i + "ly", "al0", SampleWords.album(0), by, i));
        desk.sync(desk.account(server, "ida").id(), false);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private List<String> beginning(String typed) {
        return desk.database.readNow(sql -> Batch.run(sql, c -> MiddleWords.beginning(c, typed, SearchKind.TRACK.bit(), 24)))
                .map(MiddleWords.Found::words).orElse(List.of());
    }

    @Test
    @DisplayName("1.3 the words that begin so; none where they are not all known")
    void words() {
        assertThat(beginning("shad")).containsExactlyInAnyOrder("shad", "shadow", "shadowplay", "shadows");
        assertThat(beginning("shadows")).containsExactly("shadows");
        assertThat(beginning("кино")).containsExactlyInAnyOrder("кино", "кинотеатр");
        assertThat(beginning("sha")).as("the index has lists for these").isEmpty();
        assertThat(beginning("qqqq")).as("nothing begins so").isEmpty();
        assertThat(beginning("word")).as("more than are worth it").isEmpty();
        assertThat(beginning("word1")).hasSize(11);
        assertThat(beginning("σοφο")).as("a sigma at the end is another letter for the tokenizer").isEmpty();
        assertThat(beginning("shadow s")).as("words that stand beside each other").isEmpty();
    }

    @Test
    @DisplayName("1.3, 2.13 for every beginning the words find the same rows in the same order as the beginning itself")
    void theSame() {
        var random = new Random(3);
        List<String> words = new ArrayList<>(List.of("σοφοσ", "ελλας", "кинотеатр", "shadowplay", "word17ly", "2000"));
        IntStream.range(0, 60).mapToObj(i -> SampleWords.track(random.nextInt(TRACKS)))
                .forEach(title -> words.addAll(List.of(SearchText.words(title).split(" "))));
        int[] put = {0};
        for (String word : words) {
            for (int length = 1; length <= word.length(); length++) {
                var term = new SearchQuery.Term(SearchQuery.Field.ANY, word.substring(0, length), true);
                var query = SearchQuery.of(term.words());
                List<String> whole = beginning(term.words());
                if (whole.isEmpty()) continue;
                put[0]++;
                assertThat(rows(SearchKind.TRACK.match(query, Map.of(), Map.of(term, whole)))).as(term.words())
                        .isEqualTo(rows(SearchKind.TRACK.match(query, Map.of(), Map.of())));
            }
        }
        assertThat(put[0]).isGreaterThan(100);
    }

    private List<Long> rows(String match) {
        return desk.database
                .readNow(sql -> sql.fetch("SELECT rowid FROM track_fts WHERE track_fts MATCH ?", match).getValues(0, Long.class));
    }

    @Test
    @DisplayName("1.3 as typed, no index is asked for a beginning of four letters or more that few words have, in any of the passes")
    void noIndexGathers() {
        for (String typed : List.of("silver shad", "shado", "quiet riv", "open downt", "shadows rive unpl", "artist:nort shad"))
            assertThat(asked(typed, 20)).as(typed).isNotEmpty().noneMatch(value -> value.matches(".*\"[a-z]{4,}\"\\*.*"));
        assertThat(asked("word", 60)).as("this one is looked for as it is").anyMatch(value -> value.contains("\"word\"*"));
        assertThat(asked("word", 20)).as("titles that begin so fill the group").noneMatch(value -> value.contains("*"));
        assertThat(desk.library.search("shado", 20, false).join().tracks()).extracting(Track::title)
                .contains("Shadow", "Shadowplay 2000", "Shad & the Shadows");
        assertThat(desk.library.search("word", 60, false).join().tracks()).hasSize(40);
    }

    /// What one search asks of the index of tracks.
    private List<String> asked(String typed, int limit) {
        List<String> values = new ArrayList<>();
        try (var time = new SystemTime()) {
            desk.database.readNow(sql -> Batch.run(sql, connection -> {
                DSLContext heard = DSL.using(listening(connection, values), SQLDialect.SQLITE, new Settings().withRenderSchema(false));
                return Search.search(heard, new SearchMemory(time), typed, limit, false);
            }));
        }
        return values;
    }

    private static Connection listening(Connection connection, List<String> values) {
        return proxy(Connection.class, connection, (method, answer, arguments) -> method.equals("prepareStatement")
                ? proxy(PreparedStatement.class, (PreparedStatement) answer, (set, same, bound) -> {
                    if (set.equals("setString") && String.valueOf(arguments[0]).contains("track_fts match"))
                        values.add(String.valueOf(bound[1]));
                    return same;
                })
                : answer);
    }

    private interface Heard {
        Object of(String method, Object answer, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, T target, Heard heard) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (_, method, arguments) -> {
            try {
                return heard.of(method.getName(), method.invoke(target, arguments), arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
