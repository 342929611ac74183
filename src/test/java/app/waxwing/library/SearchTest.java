package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ArtistRef;
import app.waxwing.server.RemoteAlbum;
import app.waxwing.server.RemoteArtist;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
    @TempDir
    Path folder;
    private LibraryDesk desk;
    private FakeMediaServer server;
    private long account;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        server = new FakeMediaServer("one");
        put("Björk", "Vespertine", "Hidden Place", "Pagan Poetry");
        put("Pink Floyd", "The Wall", "Another Brick in the Wall, Pt. 2", "Hey You", "Comfortably Numb");
        put("The Beatles", "Help!", "Help!", "Yesterday", "Help Yourself to More Help");
        put("AC/DC", "Back in Black", "Hells Bells", "Don't You Worry");
        put("R.E.M.", "Murmur", "Radio Free Europe");
        put("久石譲", "千と千尋の神隠し", "あの夏へ", "いつも何度でも", "東京の夜空を見上げて");
        put("Кино", "Группа крови", "Звезда по имени Солнце");
        put("Mötley Crüe", "Dr. Feelgood", "Kickstart My Heart");
        put("Sigur Rós", "Ágætis byrjun", "Svefn-g-englar", "Ørsted");
        server.playlist("p1", "Hey evening", "Hey You");
        account = desk.account(server, "ida").id();
        desk.sync(account, false);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private void put(String artist, String album, String... titles) {
        var ref = new ArtistRef("ar " + artist, artist);
        server.artists.put(ref.id(),
                new RemoteArtist(ref.id(), Optional.of(artist), Optional.of(artist), Optional.empty(), Optional.empty()));
        server.albums.put(album,
                new RemoteAlbum(album, Optional.of(album), Optional.of(album), List.of(ref), OptionalInt.of(1980), Optional.empty(),
                        OptionalDouble.empty(),
                        Optional.empty(),
                        Optional.empty()));
        int number = 1;
        for (String title : titles) server.tracks.put(title, FakeMediaServer.track(title, title, album, album, ref, number++));
    }

    private List<String> tracks(String text) {
        return desk.library.search(text, 20, false).join().tracks().stream().map(Track::title).toList();
    }

    private List<String> artists(String text) {
        return desk.library.search(text, 20, false).join().artists().stream().map(Artist::name).toList();
    }

    @Test
    @DisplayName("As you type: the last word is a beginning, all words count, across title, artist and album")
    void prefixAndFields() {
        assertThat(tracks("brick wal")).containsExactly("Another Brick in the Wall, Pt. 2");
        assertThat(tracks("floyd wall hey")).containsExactly("Hey You");
        assertThat(tracks("pin flo")).as("where strict words find nothing, each may be a beginning").hasSize(3);
        assertThat(tracks("wall nothing")).isEmpty();
    }

    @Test
    @DisplayName("Case, marks and letters with strokes do not matter")
    void folded() {
        assertThat(artists("bjork")).containsExactly("Björk");
        assertThat(artists("BJÖRK")).containsExactly("Björk");
        assertThat(artists("motley crue")).containsExactly("Mötley Crüe");
        assertThat(tracks("orsted")).containsExactly("Ørsted");
        assertThat(tracks("kpobи")).isEmpty();
        assertThat(tracks("звезд")).containsExactly("Звезда по имени Солнце");
        assertThat(desk.library.search("agaetis", 5, false).join().albums()).hasSize(1);
    }

    @Test
    @DisplayName("Punctuation as people leave it out or put it in")
    void punctuation() {
        assertThat(artists("ac/dc")).containsExactly("AC/DC");
        assertThat(artists("ac dc")).containsExactly("AC/DC");
        assertThat(artists("rem")).containsExactly("R.E.M.");
        assertThat(artists("R.E.M")).containsExactly("R.E.M.");
        assertThat(tracks("dont you")).containsExactly("Don't You Worry");
        assertThat(tracks("don’t you")).containsExactly("Don't You Worry");
    }

    @Test
    @DisplayName("issue 4 names with signs in them are found however people write them, and stand first as the exact artist")
    void spellings() {
        List<String> names = List.of("blink-182", "Ke$ha", "P!nk", "$uicideboy$", "Simon & Garfunkel", "Guns N' Roses", "Sinéad O'Connor",
                "Dara O’Brien", "Florence + The Machine", "Nick Cave and the Bad Seeds", "!!!", "Sunn O)))");
        for (String name : names) {
            put(name, "Album of " + name, "Song of " + name);
            // One that only begins so.
            put(name + " Revival", "Revival of " + name, "Medley of " + name);
        }
        put("Sigur", "( )", "Untitled");
        desk.sync(account, true);
        var table = new java.util.LinkedHashMap<String, String>();
        for (String typed : List.of("acdc", "ac/dc", "ac dc", "AC-DC")) table.put(typed, "AC/DC");
        for (String typed : List.of("blink182", "blink 182", "blink-182")) table.put(typed, "blink-182");
        for (String typed : List.of("kesha", "ke$ha", "KE$HA")) table.put(typed, "Ke$ha");
        table.put("pink", "P!nk");
        table.put("p!nk", "P!nk");
        table.put("suicideboys", "$uicideboy$");
        for (String typed : List.of("simon and garfunkel", "simon & garfunkel", "Simon + Garfunkel", "simon n garfunkel", "simon garfunkel",
                "\"simon & garfunkel\"", "artist:\"simon and garfunkel\""))
            table.put(typed, "Simon & Garfunkel");
        for (String typed : List.of("guns and roses", "guns n roses", "guns n' roses", "Guns & Roses", "guns roses", "\"guns and roses\""))
            table.put(typed, "Guns N' Roses");
        for (String typed : List.of("sinead o connor", "sinead oconnor", "sinéad o'connor", "sinead o’connor"))
            table.put(typed, "Sinéad O'Connor");
        table.put("dara o brien", "Dara O’Brien");
        table.put("florence and the machine", "Florence + The Machine");
        table.put("florence & the machine", "Florence + The Machine");
        for (String typed : List.of("nick cave & the bad seeds", "nick cave n the bad seeds", "\"cave & the bad\"",
                "nick cave + the bad seeds"))
            table.put(typed, "Nick Cave and the Bad Seeds");
        table.put("!!!", "!!!");
        table.put("!!", "!!!");
        table.forEach((typed, name) -> assertThat(artists(typed)).as(typed).startsWith(name));
        assertThat(artists("o connor")).contains("Sinéad O'Connor");
        assertThat(artists("simon and")).as("while one types on").startsWith("Simon & Garfunkel");
        assertThat(artists("simon an")).startsWith("Simon & Garfunkel");
        assertThat(artists("guns an")).startsWith("Guns N' Roses");
        assertThat(albums("( )")).containsExactly("( )");
        assertThat(albums("(")).containsExactly("( )");
        assertThat(albums("artist:acdc")).containsExactly("Back in Black");
        assertThat(tracks("acdc bells")).containsExactly("Hells Bells");
        assertThat(tracks("link18")).as("in the middle of a word").contains("Song of blink-182");
        server.playlist("p2", "Rock'n'Roll / 80s", "Hey You");
        desk.sync(account, true);
        for (String typed : List.of("rock n roll", "rock and roll", "rocknroll"))
            assertThat(desk.library.search(typed, 5, false).join().playlists()).as(typed).extracting(Playlist::title)
                    .containsExactly("Rock'n'Roll / 80s");
    }

    @Test
    @DisplayName("issue 4 while a year is being typed what is of its century or decade is there")
    void yearBeingTyped() {
        for (String typed : List.of("year:1", "year:19", "year:198", "year:1980", "year:>19", "year:<", "year:1980-", "year:1980-1"))
            assertThat(albums(typed + " wall")).as(typed).containsExactly("The Wall");
        for (String typed : List.of("year:2", "year:197", "year:18")) assertThat(albums(typed + " wall")).as(typed).isEmpty();
    }

    @Test
    @DisplayName("issue 4 what was played a moment ago counts with the next search")
    void playedNow() {
        played("Hells Bells", 2);
        assertThat(tracks("hel")).startsWith("Hells Bells");
        desk.database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER, sql -> sql.execute(
                "INSERT INTO user_data (account_id, item_id, kind, play_count, last_played_at) VALUES (?, 'Help!', 'track', 20, 1000) "
                        + "ON CONFLICT (account_id, item_id) DO UPDATE SET play_count = 20, last_played_at = 1000",
                account)).join();
        assertThat(tracks("hel")).startsWith("Help!");
    }

    @Test
    @DisplayName("Two characters from the middle of a Chinese or Japanese title find it")
    void cjk() {
        assertThat(tracks("夜空")).containsExactly("東京の夜空を見上げて");
        assertThat(tracks("何度")).containsExactly("いつも何度でも");
        assertThat(artists("石譲")).containsExactly("久石譲");
        assertThat(tracks("夏へ")).containsExactly("あの夏へ");
        assertThat(tracks("空夜")).as("not in this order").isEmpty();
        assertThat(desk.library.search("千尋", 5, false).join().albums()).hasSize(1);
    }

    @Test
    @DisplayName("An exact title or artist stands first, then what begins so")
    void ranking() {
        assertThat(tracks("help").getFirst()).isEqualTo("Help!");
        assertThat(tracks("help")).contains("Yesterday");
        assertThat(artists("beatles")).containsExactly("The Beatles");
        assertThat(desk.library.search("hey", 5, false).join().playlists()).extracting(Playlist::title).containsExactly("Hey evening");
    }

    @Test
    @DisplayName("4.14 quotes, operators and SQL that users type are plain text")
    void injection() {
        for (String text : List.of("\"", "'", "\" OR \"", "a\" OR title:\"b", "hey AND you", "NEAR(hey you)", "hey*", "^hey", "title : hey",
                "-hey", "hey; DROP TABLE track",
                "' OR 1=1 --", "{title artist}: x", "(((", "NOT", "AND", "OR", "*", "%", "_", "\\", "\u0000", "hey\u0000you",
                "\uD83D\uDE00", "\uD800", "🎵 hey", "a".repeat(20_000),
                "x ".repeat(5_000))) {
            var hits = desk.library.search(text, 10, false).join();
            assertThat(hits).isNotNull();
        }
        assertThat(tracks("hey AND you")).as("three words").isEmpty();
        assertThat(tracks("\"hey\" you")).containsExactly("Hey You");
        var random = new Random(42);
        for (int i = 0; i < 500; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(12); j >= 0; j--)
                text.appendCodePoint(random.nextInt(4) == 0 ? random.nextInt(0x3000) : "\"'()*^:-+ heyou".charAt(random.nextInt(15)));
            assertThat(desk.library.search(text.toString(), 10, random.nextBoolean()).join()).as("seed 42, %s", text).isNotNull();
        }
    }

    @Test
    @DisplayName("2.13 a search for what plays without the network finds tracks with their files, and what they belong to")
    void playableOnly() {
        desk.file(new ItemKey(account, "Hey You"), false, "hey.flac", 1);
        var hits = desk.library.search("wall", 10, true).join();
        assertThat(hits.tracks()).extracting(Track::title).containsExactly("Hey You");
        assertThat(hits.albums()).extracting(Album::title, Album::availability)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("The Wall", Availability.PARTIAL));
        assertThat(desk.library.search("floyd", 10, true).join().artists()).hasSize(1);
        assertThat(desk.library.search("hey", 10, true).join().playlists()).hasSize(1);
        assertThat(desk.library.search("help", 10, true).join().isEmpty()).isTrue();
    }

    @Test
    @DisplayName("A changed title is found by its new words and no longer by the old ones")
    void changes() {
        server.clock = server.clock.plusSeconds(3_600);
        var t = server.tracks.values().iterator().next();
        server.put(FakeMediaServer.track(t.id(), "Renamed Song", "Vespertine", "Vespertine", new ArtistRef("ar Björk", "Björk"), 1));
        desk.sync(account, false);
        assertThat(tracks("renamed")).containsExactly("Renamed Song");
        assertThat(tracks("hidden")).isEmpty();
        assertThat(tracks("enam")).as("in the middle").containsExactly("Renamed Song");
        assertThat(tracks("idde")).isEmpty();
    }

    @Test
    @DisplayName("4.16 after a restore, which comes without the index, everything is found again as before")
    void afterARestore() {
        List<String> words = List.of("brick wal", "bjork", "東京", "hey", "dont you worry", "mobster nothing", "umb", "eatle ester");
        var before = words.stream().map(w -> List.of(tracks(w), artists(w))).toList();
        var kept = middles();
        desk.database.restore(desk.database.backups().find("newest").orElseGet(this::backup), p -> {});
        desk.close();
        desk = new LibraryDesk(folder);
        assertThat(tracks("worry")).isEmpty();
        int found = new SearchRefill(desk.database).begin().join();
        assertThat(found).isGreaterThan(10);
        assertThat(middles()).as("none is lost, none is new").isEqualTo(kept);
        assertThat(words.stream().map(w -> List.of(tracks(w), artists(w))).toList()).isEqualTo(before);
        assertThat(desk.library.search("evening", 5, false).join().playlists()).hasSize(1);
        assertThat(new SearchRefill(desk.database).begin().join()).as("once").isZero();
        desk.sync(desk.account(server, "ida").id(), true);
        assertThat(words.stream().map(w -> List.of(tracks(w), artists(w))).toList()).isEqualTo(before);
    }

    private Path backup() {
        try {
            return desk.database.backups().make().file();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void played(String track, int plays) {
        desk.database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER, sql -> sql.execute(
                "INSERT INTO user_data (account_id, item_id, kind, play_count) VALUES (?, ?, 'track', ?) "
                        + "ON CONFLICT (account_id, item_id) DO UPDATE SET play_count = excluded.play_count",
                account, track, plays)).join();
    }

    private List<String> albums(String text) {
        return desk.library.search(text, 20, false).join().albums().stream().map(Album::title).toList();
    }

    @Test
    @DisplayName("Operators narrow a search: artist, album, year, genre, what is here, favourites")
    void operators() {
        assertThat(tracks("artist:beatles hel")).containsExactlyInAnyOrder("Help!", "Help Yourself to More Help", "Yesterday");
        assertThat(tracks("artist:\"pink floyd\"")).hasSize(3);
        assertThat(tracks("artist:beatles floyd")).isEmpty();
        assertThat(tracks("album:wall hey")).containsExactly("Hey You");
        assertThat(albums("artist:beatles")).containsExactly("Help!");
        assertThat(albums("year:1980")).hasSize(9);
        assertThat(albums("year:1981-1990")).isEmpty();
        assertThat(tracks("genre:roc hey")).as("a genre being typed").containsExactly("Hey You");
        assertThat(tracks("genre:rock genre:jazz hey")).containsExactly("Hey You");
        assertThat(tracks("genre:jazz brick")).isEmpty();
        assertThat(albums("genre:fol wall")).containsExactly("The Wall");
        assertThat(albums("year:>1979 wall")).containsExactly("The Wall");
        desk.database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER,
                sql -> sql.execute("UPDATE album SET year = 1965 WHERE title = 'Help!'")).join();
        assertThat(albums("year:1965 wall")).as("each row's own year counts").isEmpty();
        assertThat(albums("year:1965 help")).containsExactly("Help!");
        assertThat(artists("album:wall")).as("artists have no album").isEmpty();
        desk.file(new ItemKey(account, "Hey You"), false, "hey.flac", 1);
        assertThat(tracks("is:local")).containsExactly("Hey You");
        assertThat(tracks("is:local help")).isEmpty();
        desk.database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER, sql -> sql.execute(
                "INSERT INTO user_data (account_id, item_id, kind, is_favourite) VALUES (?, 'Yesterday', 'track', 1) "
                        + "ON CONFLICT (account_id, item_id) DO UPDATE SET is_favourite = 1",
                account)).join();
        assertThat(tracks("is:favourite")).containsExactly("Yesterday");
        assertThat(tracks("is:favourite help")).containsExactly("Yesterday");
        assertThat(tracks("is:favourite floyd")).isEmpty();
    }

    /// Every word with the kinds that it is of.
    private List<String> middles() {
        return desk.database.readNow(sql -> sql.fetch("SELECT word || kinds FROM search_word ORDER BY word").getValues(0, String.class));
    }

    @Test
    @DisplayName("2.13 a group with room is filled up with what stands in the middle of words, after what begins so, however many hits there are")
    void middleOfWords() {
        put("Rachelle", "Nightfall", "Night", "Nights on Earth", "The Night Before", "Night Train", "Overnight", "Midnight Oil",
                "Fortnight");
        desk.sync(account, true);
        assertThat(tracks("night").subList(0, 5)).as("whole words, beginnings, of what lies on «Nightfall» too")
                .contains("Night", "Nights on Earth", "The Night Before");
        assertThat(tracks("night")).contains("Overnight", "Midnight Oil", "Fortnight");
        assertThat(artists("hel")).as("beginnings in another group").containsExactly("Rachelle");
        assertThat(tracks("hel").subList(0, 4)).as("first what begins so").contains("Help!", "Hells Bells");
        assertThat(artists("he")).as("two letters are no middle").containsExactly();
        assertThat(artists("AChé")).as("folded").containsExactly("Rachelle");
        assertThat(tracks("umb eatle")).as("each word has to be there").isEmpty();
        assertThat(tracks("loyd umb")).as("middles in several fields").containsExactly("Comfortably Numb");
        assertThat(tracks("brick all")).as("one a beginning, one a middle").containsExactly("Another Brick in the Wall, Pt. 2");
        assertThat(tracks("artist:loyd")).hasSize(3);
        assertThat(tracks("artist:umb")).as("in this field only").isEmpty();
        assertThat(tracks("year:2001 umb")).as("filters count").isEmpty();
        assertThat(desk.library.search("venin", 5, false).join().playlists()).extracting(Playlist::title).containsExactly("Hey evening");
        put("Odd", "Odd", "Xabcdqbcde");
        desk.sync(account, true);
        assertThat(tracks("bcdq")).containsExactly("Xabcdqbcde");
        assertThat(tracks("abcde")).as("the word has these trigrams, yet not beside each other").isEmpty();
    }

    @Test
    @DisplayName("2.13 what stands in the middle of words: more words than are asked for at once, until the group is full")
    void manyMiddles() {
        for (int i = 0; i < 200; i++) put("Other " + i, "Album " + i, "Q" + (char) ('a' + i % 26) + (char) ('a' + i / 26) + "wqzx");
        var hidden = new FakeMediaServer("two");
        for (int i = 0; i < 90; i++) hidden.put(FakeMediaServer.track("h" + i, i + "hid", "al", "Al", new ArtistRef("ar", "Someone"), 1));
        long other = desk.account(hidden, "otto").id();
        desk.sync(other, true);
        desk.sync(account, true);
        assertThat(desk.library.search("wqz", 500, false).join().tracks()).hasSize(200);
        assertThat(desk.library.search("wqz", 20, false).join().tracks()).hasSize(20);
        put("Late", "Late", "Orchid");
        desk.sync(account, true);
        active(other, false);
        assertThat(tracks("hid")).as("behind 90 words that only another user has").contains("Orchid");
    }

    @Test
    @DisplayName("A slip of the finger is forgiven where few hits come, and what stands in the middle of a word is found")
    void typos() {
        assertThat(artists("beatels")).containsExactly("The Beatles");
        assertThat(artists("pnik floyd")).containsExactly("Pink Floyd");
        assertThat(artists("eatle")).as("in the middle").containsExactly("The Beatles");
        assertThat(tracks("artist:beatels help")).isNotEmpty();
        assertThat(tracks("comfrtably nubm")).containsExactly("Comfortably Numb");
        assertThat(tracks("yous")).as("a word of three").contains("Hey You", "Don't You Worry");
        assertThat(artists("abba")).as("nothing is near to it").isEmpty();
        assertThat(tracks("東京")).containsExactly("東京の夜空を見上げて");
        assertThat(tracks("京")).as("one character").containsExactly("東京の夜空を見上げて");
    }

    @Test
    @DisplayName("issue 4 an artist and a playlist that are gone from their server are found while something of them is here, as the lists show them")
    void goneAndHere() {
        var artist = app.waxwing.store.schema.Tables.ARTIST;
        var playlist = app.waxwing.store.schema.Tables.PLAYLIST;
        gone(5L);
        assertThat(artists("björk")).as("nothing of it is here").isEmpty();
        assertThat(playlists("evening")).isEmpty();
        desk.file(new ItemKey(account, "Hidden Place"), true, "hidden.flac", 5);
        desk.file(new ItemKey(account, "Hey You"), false, "hey.flac", 5);
        assertThat(desk.library.artists(Query.ALL).join().items()).extracting(Artist::name).contains("Björk");
        assertThat(artists("björk")).containsExactly("Björk");
        assertThat(artists("bjrok")).as("a slip of the finger").containsExactly("Björk");
        assertThat(playlists("evening")).containsExactly("Hey evening");
        gone(FolderChoice.HIDDEN);
        assertThat(artists("björk")).as("in a library that was left out").isEmpty();
        gone(5L);
        desk.database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER,
                sql -> sql.update(playlist).set(playlist.DELETED_AT, 5L).execute()).join();
        assertThat(playlists("evening")).as("deleted here").isEmpty();
    }

    private List<String> playlists(String text) {
        return desk.library.search(text, 20, false).join().playlists().stream().map(Playlist::title).toList();
    }

    private void gone(long at) {
        var artist = app.waxwing.store.schema.Tables.ARTIST;
        var playlist = app.waxwing.store.schema.Tables.PLAYLIST;
        desk.database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER,
                sql -> sql.update(artist).set(artist.GONE_AT, at).where(artist.NAME.eq("Björk")).execute()
                        + sql.update(playlist).set(playlist.GONE_AT, at).execute())
                .join();
    }

    private List<Long> found(SearchKind kind, String text, boolean few) {
        SearchQuery query = SearchQuery.of(text);
        List<Object> values = new ArrayList<>();
        String statement = kind.each(kind.matching(kind.filters(query, "", few, values), query.has(SearchQuery.Field.GENRE)));
        values.addFirst(kind.match(query, Map.of(), Map.of()));
        values.add(50);
        return desk.database.readNow(sql -> sql.fetch(statement, values.toArray()).getValues(0, Long.class));
    }

    @Test
    @DisplayName("Years of which few rows are and years of which many are find the same, each row by its own year")
    void yearsBothWays() {
        desk.database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER,
                sql -> sql.execute("UPDATE album SET year = 1965 WHERE title = 'Help!'")
                        + sql.execute("UPDATE track SET year = id % 7 + 1960"))
                .join();
        int hits = 0;
        for (SearchKind kind : List.of(SearchKind.TRACK, SearchKind.ALBUM)) {
            for (String text : List.of("year:1965 h", "year:1961-1964 h", "genre:rock year:1960-1970 h", "genre:rock year:1980 h",
                    "year:1700 h")) {
                List<Long> rows = found(kind, text, true);
                assertThat(found(kind, text, false)).as("%s %s", kind, text).isEqualTo(rows);
                hits += rows.size();
            }
        }
        assertThat(hits).isGreaterThan(10);
        assertThat(desk.database.<Boolean>readNow(sql -> SearchKind.TRACK.few(sql, new SearchQuery.Years(1960, 1970)))).isFalse();
        assertThat(desk.database.<Boolean>readNow(sql -> SearchKind.TRACK.few(sql, new SearchQuery.Years(1700, 1700)))).isTrue();
        assertThat(tracks("year:1700 h")).isEmpty();
    }

    @Test
    @DisplayName("Among equals what the user plays comes first; an exact artist before that")
    void played() {
        played("Help Yourself to More Help", 40);
        played("Hells Bells", 300);
        assertThat(tracks("help").getFirst()).isEqualTo("Help Yourself to More Help");
        assertThat(tracks("hel")).startsWith("Hells Bells", "Help Yourself to More Help");
    }

    @Test
    @DisplayName("A year's number finds what is of that year")
    void yearAsWord() {
        assertThat(albums("1980")).hasSize(9);
        assertThat(albums("floyd 1980")).containsExactly("The Wall");
        assertThat(albums("floyd 1981")).isEmpty();
    }

    @Test
    @DisplayName("Lyrics that are known are searched too, without their times; what stands in a title comes first")
    void lyrics() {
        server.lyrics.put("Hidden Place", new app.waxwing.server.RemoteLyrics(List.of(new app.waxwing.server.RemoteLyrics.Line(
                Optional.of(java.time.Duration.ofMillis(12_340)), "through the warmest cord of numb care"))));
        assertThat(tracks("warmest cord")).isEmpty();
        desk.library.lyrics(new ItemKey(account, "Hidden Place")).join();
        desk.database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER, sql -> 0).join();
        assertThat(tracks("warmest cor")).containsExactly("Hidden Place");
        assertThat(tracks("numb")).containsExactly("Comfortably Numb", "Hidden Place");
        assertThat(tracks("12")).isEmpty();
        desk.database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER, sql -> {
            sql.execute("INSERT INTO lyrics_fts (lyrics_fts) VALUES ('delete-all')");
            return sql.execute("INSERT INTO counter (name, value) VALUES ('search-index-missing', 1)");
        }).join();
        assertThat(tracks("warmest cor")).isEmpty();
        new SearchRefill(desk.database).begin().join();
        assertThat(tracks("warmest cor")).containsExactly("Hidden Place");
    }

    @Test
    @DisplayName("4.18 what was looked for is kept for those who are signed in, each text once, and cleared at once; off keeps nothing")
    void history() {
        for (String text : List.of("wall", "Björk", "  hey   you ", "bjork", " ")) desk.library.searched(text).join();
        assertThat(desk.library.searches(5).join()).containsExactly("bjork", "hey you", "wall");
        assertThat(desk.library.searches(1).join()).containsExactly("bjork");
        var other = desk.account(new FakeMediaServer("two"), "otto");
        assertThat(desk.library.searches(5).join()).hasSize(3);
        active(account, false);
        assertThat(desk.library.searches(5).join()).as("another person signed in").isEmpty();
        desk.library.searched("mine").join();
        assertThat(desk.library.forgetSearches().join()).isEqualTo(1);
        active(account, true);
        active(other.id(), false);
        assertThat(desk.library.searches(5).join()).as("the others' stay").hasSize(3);
        desk.library.keepSearches(() -> 0);
        assertThat(desk.library.searches(5).join()).isEmpty();
        assertThat(desk.library.searched("secret").join()).isFalse();
        desk.library.keepSearches(() -> 90);
        assertThat(desk.library.searches(5).join()).doesNotContain("secret").hasSize(3);
        assertThat(desk.library.forgetSearches().join()).isEqualTo(3);
        assertThat(desk.library.searches(5).join()).isEmpty();
    }

    @Test
    @DisplayName("4.5 of what was looked for the newest fifty are kept, for each account by itself; one that is looked for again is among them")
    void historyIsFiftyLong() {
        for (int i = 0; i < 50; i++) desk.library.searched("text " + i).join();
        assertThat(desk.library.searches(100).join()).hasSize(50);
        desk.library.searched("text 0").join();
        for (int i = 50; i < 60; i++) desk.library.searched("text " + i).join();
        List<String> kept = desk.library.searches(100).join();
        assertThat(kept).hasSize(50).startsWith("text 59", "text 58").contains("text 0", "text 11").doesNotContain("text 1", "text 10");
        var other = desk.account(new FakeMediaServer("two"), "otto");
        active(account, false);
        for (int i = 0; i < 60; i++) desk.library.searched("other " + i).join();
        assertThat(desk.library.searches(100).join()).hasSize(50).allMatch(t -> t.startsWith("other"));
        active(other.id(), false);
        active(account, true);
        assertThat(desk.library.searches(100).join()).as("another user's searches push none of these out").isEqualTo(kept);
        long rows = desk.database.readNow(sql -> (long) sql.fetchCount(app.waxwing.store.schema.Tables.SEARCH_HISTORY));
        assertThat(rows).isEqualTo(100);
    }

    private void active(long id, boolean on) {
        desk.database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER,
                sql -> sql.execute("UPDATE account SET is_active = ? WHERE id = ?", on ? 1 : 0, id)).join();
    }
}
