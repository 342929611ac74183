package app.waxwing.library;

import static app.waxwing.store.schema.Tables.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Query.Sort;
import app.waxwing.server.ItemKind;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jumping by letter, over a library in SQLite.
class LetterIndexTest {
    private static final List<String> TITLES = List.of("99 Problems", "(Untitled)", "Öresund", "Élan", "école", "Œuvre", "Zebra",
            "Ὀδύσσεια",
            "Яблоко", "冬の灯", "東京", "あさ", "서울", "Quiet Hours", "quiet rooms", "Quarry");
    @TempDir
    Path folder;
    private LibraryDesk desk;
    private long account;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        account = desk.account(new FakeMediaServer("one").fill(600), "ida").id();
        desk.sync(account, false);
        desk.database.write(Durability.SOON, Lane.USER, sql -> {
            for (int i = 0; i < TITLES.size(); i++) {
                sql.update(TRACK).set(TRACK.TITLE, TITLES.get(i)).set(TRACK.SORT_TITLE, SearchText.plain(TITLES.get(i)))
                        .where(TRACK.ITEM_ID.eq("t" + i)).execute();
            }
            return true;
        }).join();
        for (int i = 0; i < 40; i++) desk.file(new ItemKey(account, "t" + i * 7), i % 2 == 0, "f" + i, 1);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private Letters letters(ItemKind kind, Query query) {
        return desk.library.letters(kind, query).join();
    }

    private int place(ItemKind kind, Query query, String typed) {
        return desk.library.place(kind, query, typed).join().orElseThrow();
    }

    private List<String> titles(Query query) {
        return desk.library.tracks(query).join().items().stream().map(Track::title).toList();
    }

    @Test
    @DisplayName("Every letter's place is the first row that begins so, marks folded, whatever the list, its order and its filters")
    void everyLetterBeginsWhereItSays() {
        List<Query> queries = new ArrayList<>();
        for (Query base : List.of(Query.ALL, Query.ALL.playableOnly(true),
                Query.ALL.within(new Query.Within.ByArtist(new ItemKey(account, "ar1"))))) {
            for (boolean down : new boolean[]{false, true}) for (Sort sort : Sort.values()) queries.add(base.sort(sort, down));
        }
        int checked = 0;
        for (Query query : queries) {
            checked += check(query, ItemKind.TRACK, desk.library.tracks(query).join().items(), t -> switch (query.sort().orElseThrow()) {
                case ARTIST -> t.artist();
                case ALBUM -> t.album();
                case GENRE -> t.genres().stream().findFirst().orElse("");
                default -> t.title();
            });
            checked += check(query, ItemKind.ALBUM, desk.library.albums(query).join().items(),
                    a -> query.sort().orElseThrow() == Sort.ARTIST ? a.artist() : a.title());
            checked += check(query, ItemKind.ARTIST, desk.library.artists(query).join().items(), Artist::name);
        }
        checked += check(Query.ALL, ItemKind.PLAYLIST, desk.library.playlists(Query.ALL).join().items(), Playlist::title);
        checked += check(Query.ALL, ItemKind.GENRE, desk.library.genres(Query.ALL).join().items(), Genre::name);
        assertThat(checked).isGreaterThan(200);
    }

    /// Genres are kept as they are: only ASCII letters are folded in their order.
    private <T> int check(Query query, ItemKind kind, List<T> rows, Function<T, String> shown) {
        boolean raw = kind == ItemKind.TRACK && query.sort().filter(s -> s == Sort.GENRE).isPresent();
        Function<T, String> name = raw ? shown.andThen(s -> s.toLowerCase(Locale.ROOT)) : shown.andThen(SearchText::plain);
        List<Letters.Start> starts = letters(kind, query).starts();
        for (Letters.Start start : starts) {
            String own = name.apply(rows.get(start.index()));
            assertThat(group(own)).as("%s %s at %s", kind, query, start).isEqualTo(start.letter());
            if (start.index() > 0) assertThat(group(name.apply(rows.get(start.index() - 1)))).isNotEqualTo(start.letter());
            if (start.letter().equals(Letters.SIGNS) || query.descending()) continue;
            assertThat(place(kind, query, own.substring(0, own.offsetByCodePoints(0, 1)))).as("%s %s %s", kind, query, start)
                    .isLessThanOrEqualTo(start.index());
        }
        Sort by = query.sort().orElse(Sort.TITLE);
        boolean inOrder = List.of(Sort.TITLE, Sort.ARTIST, Sort.ALBUM, Sort.GENRE, Sort.TRACKS).contains(by)
                || kind == ItemKind.ARTIST && List.of(Sort.YEAR, Sort.ADDED, Sort.DURATION).contains(by)
                || kind != ItemKind.TRACK && List.of(Sort.SIZE, Sort.FILE_SIZE, Sort.FAVOURITE, Sort.HERE).contains(by);
        assertThat(starts.isEmpty()).as("%s %s", kind, query).isEqualTo(rows.isEmpty() || !inOrder);
        return starts.size();
    }

    private static String group(String name) {
        return Letters.group(name.codePoints().findFirst().orElse(0));
    }

    @Test
    @DisplayName("Signs and digits come first, scripts without a short alphabet are one group each behind Z")
    void groups() {
        List<String> letters = letters(ItemKind.TRACK, Query.ALL).starts().stream().map(Letters.Start::letter).toList();
        assertThat(letters.getFirst()).isEqualTo(Letters.SIGNS);
        assertThat(letters.subList(letters.indexOf("Z") + 1, letters.size())).containsExactly("Ω", "Я", "가", "あ", "漢");
        assertThat(letters).doesNotHaveDuplicates().contains("O", "E");
    }

    @Test
    @DisplayName("What is typed finds the first row that begins so: several letters, small or large, with marks or without, an article or none")
    void typing() {
        List<String> titles = titles(Query.ALL);
        for (String typed : List.of("q", "QU", "quiet", "quiet r", "öre", "ore", "é", "oeu", "冬", "東", "あ", "서", "яб", "the quiet",
                "A Zeb")) {
            int at = place(ItemKind.TRACK, Query.ALL, typed);
            String bare = SearchText.plain(typed).replaceFirst("^(the|a) ", "");
            assertThat(SearchText.plain(titles.get(at))).as(typed).startsWith(bare);
            if (at > 0) assertThat(SearchText.plain(titles.get(at - 1))).as(typed).doesNotStartWith(bare);
        }
        List<String> down = titles(Query.ALL.sort(Sort.TITLE, true));
        int at = place(ItemKind.TRACK, Query.ALL.sort(Sort.TITLE, true), "qu");
        assertThat(SearchText.plain(down.get(at))).startsWith("qu");
        assertThat(SearchText.plain(down.get(at - 1))).doesNotStartWith("qu");
        assertThat(place(ItemKind.TRACK, Query.ALL, "\uFFFF")).isEqualTo(titles.size());
        assertThat(desk.library.place(ItemKind.TRACK, Query.ALL.sort(Sort.YEAR, false), "q").join()).isEqualTo(Optional.empty());
        String genre = desk.library.genres(Query.ALL).join().items().getLast().name();
        assertThat(place(ItemKind.GENRE, Query.ALL, genre.toUpperCase(Locale.ROOT)))
                .isEqualTo(desk.library.genres(Query.ALL).join().items().size() - 1);
    }

    @Test
    @DisplayName("0.13 letters count only rows of accounts that are active")
    void onlyActiveAccounts() {
        long other = desk.account(new FakeMediaServer("two").fill(300), "bo").id();
        desk.sync(other, false);
        int both = place(ItemKind.TRACK, Query.ALL, "\uFFFF");
        var a = app.waxwing.store.schema.Tables.ACCOUNT;
        desk.database.write(Durability.SOON, Lane.USER, sql -> sql.update(a).set(a.IS_ACTIVE, false).where(a.ID.eq(other)).execute())
                .join();
        assertThat(place(ItemKind.TRACK, Query.ALL, "\uFFFF")).isLessThan(both).isEqualTo(titles(Query.ALL).size());
    }
}
