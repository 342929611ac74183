package app.waxwing.download;

import app.waxwing.base.AppPaths;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.base.SystemTime;
import app.waxwing.base.Time;
import app.waxwing.server.MediaRequest;
import app.waxwing.store.Database;
import app.waxwing.testing.AlwaysOnline;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import okhttp3.OkHttpClient;

/// A process of its own with a real database and engine, made to be killed, or to halt where [Halts] is told to. Arguments: data folder, server's address, how many tracks, in which quality (the original when it is not said), and `goes-on` when an earlier
/// one has put them in the queue. Says `enqueued` when it has done that itself, `running` when three transfers run, ends by itself when everything is completed in that quality.
public final class DownloadChild {
    /// The tracks are in the queue: this one brings none.
    static final String GOES_ON = "goes-on";

    private DownloadChild() {}

    public static void main(String[] args) throws IOException {
        AppPaths paths = AppPaths.under(Path.of(args[0]));
        String server = args[1];
        int tracks = Integer.parseInt(args[2]);
        String quality = args.length > 3 ? args[3] : "original";
        var time = new SystemTime();
        Database database = Database.open(paths.database(), time);
        Downloads engine = engine(paths, database, server, time, Duration.ZERO);
        engine.start().join();
        if (args.length < 5 || !args[4].equals(GOES_ON)) {
            List<ItemKey> keys = new ArrayList<>();
            for (int i = 0; i < tracks; i++) keys.add(new ItemKey(1, "k" + i));
            engine.enqueue(keys, Download.Origin.USER, 0, quality).join();
            say("enqueued");
        }
        boolean told = false;
        while (engine.activity().completed() < tracks || !all(engine, quality)) {
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
            boolean three = engine.activity().running().stream().filter(r -> r.bytes() > 0).count() >= Math.min(
                    quality.equals("original") ? 3 : 2,
                    tracks - engine.activity().completed());
            if (three && !told) {
                told = true;
                say("running");
            }
        }
        engine.close();
        database.close();
        say("complete");
        System.exit(0);
    }

    private static void say(String word) {
        System.out.println(word);
        System.out.flush();
    }

    /// @param undo how long deletions can be taken back
    static Downloads engine(AppPaths paths, Database database, String server, Time time, Duration undo) {
        var client = new OkHttpClient();
        TransferSource source = new TransferSource() {
            @Override
            public MediaRequest request(ItemKey track, Purpose purpose) {
                return new MediaRequest(URI.create(server + Rig.path(track.id())), Map.of(), Optional.empty(), true, -1);
            }

            @Override
            public Offer offer(ItemKey track, Purpose purpose, Quality wanted) {
                if (!wanted.transcoded()) return new Offer.Original(request(track, purpose));
                return new Offer.Transcode(new MediaRequest(URI.create(server + Rig.transcode(track.id(), wanted)), Map.of(),
                        Optional.empty(), false, -1), Rig.LASTS);
            }

            @Override
            public DurationProbe durations() {
                return Rig.BY_SIZE;
            }

            @Override
            public OkHttpClient client(long account) {
                return client;
            }
        };
        var options = new DownloadOptions(0, 1L << 30, Rig.FAST.retry(), Rig.FAST.connectTimeout(), Duration.ofSeconds(20),
                Duration.ofSeconds(30), 1024, Rig.FAST.recheck(), undo);
        Halts halts = Halts.asAsked();
        return new Downloads(halts.rows(Rows.of(database)), paths, halts.disk(), source, new AlwaysOnline(),
                Surroundings.plain(LimitChoice.of(Limits.USUAL)), time, options, new Random(), k -> false, p -> {}, Workers.threads());
    }

    private static boolean all(Downloads engine, String quality) {
        return engine.list(new DownloadEngine.Filter(List.of(Download.Status.COMPLETED)), 0, 0).join().items().stream()
                .allMatch(d -> d.quality().equals(quality));
    }
}
