package app.waxwing.bench;

import app.waxwing.base.ItemKey;
import app.waxwing.base.SystemTime;
import app.waxwing.base.Threads;
import app.waxwing.library.Batch;
import app.waxwing.library.Library;
import app.waxwing.library.LibraryChanges;
import app.waxwing.library.PendingActions;
import app.waxwing.library.Query;
import app.waxwing.library.StoredLibrary;
import app.waxwing.library.SyncEngine;
import app.waxwing.library.UserEdits;
import app.waxwing.outbox.Journal;
import app.waxwing.server.ArtistRef;
import app.waxwing.server.ItemKind;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.SampleWords;
import app.waxwing.testing.TestAccounts;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/// What [LibraryBench] measures, in a process of its own. Arguments: how many tracks, a folder for the database.
final class LibraryChild {
    /// Songs that mpd is given; with a million it does not begin to answer within six minutes.
    private static final int MOST_OF_MPD = 100_000;
    /// Hits of each kind that quick search shows.
    private static final int QUICK = 4;
    private final Path folder;

    private LibraryChild(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        new LibraryChild(Path.of(args[1])).run(Integer.parseInt(args[0]));
    }

    /// A hundred tracks get another title.
    private static void change(FakeMediaServer server) {
        server.clock = server.clock.plus(Duration.ofHours(1));
        for (int i = 0; i < 100; i++) {
            var by = new ArtistRef("ar" + i / 30, SampleWords.artist(i / 30));
            server.put(FakeMediaServer.track("t" + i, "Again " + SampleWords.track(i), "al" + i / 10, SampleWords.album(i / 10), by,
                    i % 10 + 1));
        }
    }

    private void run(int tracks) throws Exception {
        try (var time = new SystemTime();
                var io = Threads.virtual("io");
                var database = Database.open(folder.resolve(tracks + ".db"), time)) {
            var accounts = new TestAccounts();
            var changes = new LibraryChanges(time, io);
            var server = new FakeMediaServer("bench").fill(tracks);
            long account = accounts.add(database, server, "ida").id();
            var sync = new SyncEngine(database, changes, accounts, io, time);
            System.out.println("load " + ProcessFigures.load());
            print("calibration (2 million hashes)", milliseconds(LibraryChild::calibrate));
            var edits = new UserEdits(database, changes, new PendingActions(database), time);
            List<Double> waits = new ArrayList<>();
            print(tracks + " tracks, first sync", milliseconds(() -> {
                var running = sync.sync(account, true);
                for (int i = 0; !running.isDone(); i++) {
                    int n = i;
                    waits.add(milliseconds(
                            () -> edits.favourite(ItemKind.TRACK, new ItemKey(account, "t" + n), true).thenApply(v -> "").join()));
                }
                return running.join();
            }));
            waits.sort(null);
            System.out.printf("%-46s p50 %8.2f ms   p95 %8.2f ms   worst %.0f ms of %d%n", "  a durable edit meanwhile",
                    waits.get(waits.size() / 2),
                    waits.get(waits.size() * 95 / 100), waits.getLast(), waits.size());
            print(tracks + " tracks, full sync again", milliseconds(() -> sync.sync(account, true).join()));
            print(tracks + " tracks, incremental sync, nothing new", milliseconds(() -> sync.sync(account, false).join()));
            change(server);
            print(tracks + " tracks, incremental sync of 100 changes", milliseconds(() -> sync.sync(account, false).join()));
            var figures = database.figures();
            System.out.printf("%-46s %,d bytes (+ WAL %,d)%n", tracks + " tracks, database", Files.size(database.file()),
                    figures.walBytes());
            Library library = new StoredLibrary(database, changes, accounts, io, time, new Random(1));
            if (tracks > MOST_OF_MPD)
                System.out.println("mpd is not asked: with so many songs it does not begin to answer within six minutes.");
            else
                if (Mpd.available()) beside(library, tracks);
                else System.out.println("Install the Debian package mpd to compare search with it.");
            var random = new Random(5);
            for (int round = 0; round < 2; round++) {
                if (round == 1) System.out.println("  warm:");
                spread("search as typed, 4 of each, as Ctrl+K", 400, () -> library.search(typed(random, tracks), QUICK, false).join());
                spread("search as typed, 20 of each", 400, () -> library.search(typed(random, tracks), 20, false).join());
                spread("search artist", 200, () -> library.search(SampleWords.artist(random.nextInt(tracks / 30)), 20, false).join());
                spread("search one letter", 40, () -> library.search(String.valueOf((char) ('a' + random.nextInt(26))), 20, false).join());
                spread("search a very common word", 40, () -> library.search("the", 20, false).join());
                spread("search an artist with a slip of the finger", 200, () -> {
                    var text = new StringBuilder(SampleWords.artist(random.nextInt(tracks / 30)));
                    text.setCharAt(4 + random.nextInt(text.length() - 4), 'q');
                    return library.search(text.toString(), 20, false).join();
                });
                spread("search words that nothing is near to", 40, () -> library.search("qwertzuiop asdfghjkl", 20, false).join());
                spread("search within a genre and years", 40, () -> library.search("genre:rock year:1990-1999 wil", 20, false).join());
                for (var sort : List.of(Query.Sort.TITLE, Query.Sort.ARTIST, Query.Sort.YEAR, Query.Sort.PLAY_COUNT)) {
                    for (boolean down : new boolean[]{false, true}) {
                        spread("first rows of all tracks by " + sort.name().toLowerCase(Locale.ROOT) + (down ? ", down" : ""), 20,
                                () -> library.trackRows(Query.ALL.sort(sort, down).slice(0, 200))
                                        .thenCompose(first -> library.tracksByRow(Arrays.copyOf(first, 64))).join());
                    }
                }
                spread("row numbers of all tracks by title", 10, () -> library.trackRows(Query.ALL).join());
                spread("row numbers of all tracks by artist", 10, () -> library.trackRows(Query.ALL.sort(Query.Sort.ARTIST, false)).join());
                spread("row numbers of all tracks by artist, down", 10,
                        () -> library.trackRows(Query.ALL.sort(Query.Sort.ARTIST, true)).join());
                spread("row numbers of all albums", 10, () -> library.albumRows(Query.ALL).join());
                spread("all genres", 10, () -> library.genres(Query.ALL).join());
                long[] rows = library.trackRows(Query.ALL).join();
                spread("50 tracks by row", 100, () -> {
                    int at = random.nextInt(rows.length - 50);
                    return library.tracksByRow(Arrays.copyOfRange(rows, at, at + 50)).join();
                });
                long[] albums = library.albumRows(Query.ALL).join();
                spread("60 albums by row", 100, () -> {
                    int at = random.nextInt(albums.length - 60);
                    return library.albumsByRow(Arrays.copyOfRange(albums, at, at + 60)).join();
                });
                long[] artists = library.artistRows(Query.ALL).join();
                spread("60 artists by row", 50, () -> library.artistsByRow(Arrays.copyOfRange(artists, 100, 160)).join());
                spread("home page", 100, () -> library.home(12).join());
                spread("one track by key", 200,
                        () -> library.track(new ItemKey(account, "t" + random.nextInt(tracks))).join());
                spread("totals", 10, () -> library.totals().join());
            }
            accounts.online = false;
            try (var outbox = new Journal(database, accounts, changes, new PendingActions(database), edits, io, time, random)) {
                Instant first = time.now();
                int[] played = new int[1];
                for (String round : List.of("", ", warm")) {
                    spread("a play counted, with its commit" + round, 300, () -> outbox
                            .played(new ItemKey(account, "t" + random.nextInt(tracks)), first.plusSeconds(60L * played[0]++))
                            .thenApply(v -> "").join());
                }
            }
            if (tracks >= 100_000) plays(database, account, tracks);
            heard(database, account, time.now());
            for (String round : List.of("", ", warm")) {
                spread("home page, 5,000 tracks heard" + (tracks >= 100_000 ? ", 1,000,000 plays" : "") + round, 100,
                        () -> library.home(12).join());
            }
            spread("recently played, 50 albums", 100, () -> library.albumsByRow(library.recentRows(false).join()).join());
        }
    }

    /// Whole albums, one track every three minutes, up to now: the latest of them are what Home goes through.
    private static void heard(Database database, long account, Instant now) {
        database.write(Durability.SOON, Lane.BULK, sql -> Batch.run(sql, connection -> {
            try (var row = new Batch(connection,
                    "INSERT INTO user_data (account_id, item_id, kind, play_count_local, last_played_local_at) "
                            + "VALUES (?, ?, 'track', 1, ?) ON CONFLICT DO UPDATE SET play_count_local = 1, last_played_local_at = "
                            + "excluded.last_played_local_at")) {
                for (int i = 0; i < 5_000; i++) row.number(account).text("t" + i).number(now.toEpochMilli() - i * 180_000L).run();
            }
            return 0;
        })).join();
    }

    private static void plays(Database database, long account, int tracks) {
        int million = 1_000_000;
        long day = Duration.ofDays(1).toMillis();
        print("1,000,000 plays put in", milliseconds(() -> {
            for (int from = 0; from < million; from += 50_000) {
                int at = from;
                database.write(Durability.SOON, Lane.BULK, sql -> Batch.run(sql, connection -> {
                    try (var row = new Batch(connection,
                            "INSERT INTO play_history (account_id, track_item_id, title, artist_name, played_at, "
                                    + "played_ms, source, is_counted) VALUES (?, ?, ?, ?, ?, ?, ?, 1)")) {
                        for (int i = at; i < at + 50_000; i++) {
                            row.number(account).text("t" + i % tracks).text("A title").text("An artist")
                                    .number(1_700_000_000_000L + i * day / 1000).number(180_000).text("local").run();
                        }
                    }
                    return 0;
                })).join();
            }
            return "";
        }));
    }

    /// The same words asked of mpd over a connection that stays open, turn by turn, so that the machine is the same for both.
    private void beside(Library library, int tracks) throws Exception {
        try (var mpd = new Mpd(folder, tracks)) {
            System.out.println("  beside " + mpd.version() + ":");
            for (int round = 0; round < 2; round++) {
                var random = new Random(7);
                double[] ours = new double[300];
                double[] theirs = new double[ours.length];
                for (int i = 0; i < ours.length; i++) {
                    String title = SampleWords.track(random.nextInt(tracks));
                    String text = title.substring(0, Math.min(title.length(), 4 + random.nextInt(10)));
                    ours[i] = milliseconds(() -> library.search(text, 20, false).join());
                    theirs[i] = milliseconds(() -> mpd.search(text) + 1);
                }
                if (round == 0) continue;
                Arrays.sort(ours);
                Arrays.sort(theirs);
                System.out.printf("%-46s p50 %8.2f ms   p95 %8.2f ms   p99 %8.2f ms%n", "  ours, four kinds of hits, best first",
                        ours[150], ours[285], ours[297]);
                System.out.printf("%-46s p50 %8.2f ms   p95 %8.2f ms   p99 %8.2f ms%n", "  mpd, the first 20 songs", theirs[150],
                        theirs[285], theirs[297]);
            }
        }
    }

    private static int calibrate() {
        int sum = 0;
        for (int i = 0; i < 2_000_000; i++) sum += ("x" + i).hashCode();
        return sum;
    }

    private static double milliseconds(Supplier<?> work) {
        long start = System.nanoTime();
        if (work.get() == null) throw new IllegalStateException("no answer");
        return (System.nanoTime() - start) / 1e6;
    }

    /// What somebody types who looks for a track: four letters to thirteen.
    private static String typed(Random random, int tracks) {
        String text = SampleWords.track(random.nextInt(tracks));
        return text.substring(0, Math.min(text.length(), 4 + random.nextInt(10)));
    }

    /// Wall time, and beside it the processor time of the threads that read, which other work on the machine hardly changes.
    private static void spread(String what, int times, Supplier<?> work) {
        double[] took = new double[times];
        double[] cpu = new double[times];
        long[] readers = readers();
        for (int i = 0; i < times; i++) {
            double before = cpu(readers);
            took[i] = milliseconds(work);
            cpu[i] = cpu(readers) - before;
        }
        Arrays.sort(took);
        Arrays.sort(cpu);
        int most = Math.min(times - 1, times * 95 / 100);
        System.out.printf("%-46s p50 %8.2f ms   p95 %8.2f ms   p99 %8.2f ms   CPU p50 %7.2f   p95 %7.2f%n", "  " + what, took[times / 2],
                took[most], took[Math.min(times - 1, times * 99 / 100)], cpu[times / 2], cpu[most]);
    }

    private static long[] readers() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(t -> t != null && t.getThreadName().startsWith("read-"))
                .mapToLong(ThreadInfo::getThreadId).toArray();
    }

    private static double cpu(long[] readers) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(readers).map(threads::getThreadCpuTime).sum() / 1e6;
    }

    private static void print(String what, double milliseconds) {
        System.out.printf("%-46s %,10.0f ms%n", what, milliseconds);
    }
}
