package app.waxwing.bench;

import app.waxwing.base.AppPaths;
import app.waxwing.base.ItemKey;
import app.waxwing.base.SystemTime;
import app.waxwing.download.Download;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.DownloadOptions;
import app.waxwing.download.Downloads;
import app.waxwing.download.LimitChoice;
import app.waxwing.download.Limits;
import app.waxwing.download.Surroundings;
import app.waxwing.download.TransferSource;
import app.waxwing.server.MediaRequest;
import app.waxwing.store.Database;
import app.waxwing.testing.AlwaysOnline;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import app.waxwing.testing.TestAccounts;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How well the bandwidth limit is kept over any five seconds, with a whole engine against a server on loopback. Prints; asserts nothing about time.
class LimiterBench {
    private static final int FILES = 3;
    private static final long WINDOW = 5_000_000_000L;
    private static final long RUN = 14_000_000_000L;
    @TempDir
    Path folder;

    @Test
    @DisplayName("bandwidth limit over any 5 s, goals ±10 / ±3 %")
    void limits() {
        byte[] music = new byte[60_000_000];
        new Random(1).nextBytes(music);
        System.arraycopy("fLaC".getBytes(StandardCharsets.US_ASCII), 0, music, 0, 4);
        for (long limit : new long[]{500_000, 2_000_000, 8_000_000}) run(music, limit);
    }

    private void run(byte[] music, long limit) {
        AppPaths paths = AppPaths.under(folder.resolve("at" + limit));
        paths.create();
        var choice = LimitChoice.of(Limits.USUAL.bandwidth(limit, 0));
        try (var time = new SystemTime(); var server = new FaultServer(); var database = Database.open(paths.database(), time)) {
            long account = new TestAccounts().add(database, new FakeMediaServer("bench").fill(1), "ida").id();
            List<ItemKey> keys = new ArrayList<>();
            for (int i = 0; i < FILES; i++) {
                server.file("/file" + i, Version.of(music, Instant.EPOCH));
                keys.add(new ItemKey(account, "file" + i));
            }
            var engine = new Downloads(database, paths, new Source(server), new AlwaysOnline(), Surroundings.plain(choice), time,
                    DownloadOptions.USUAL, new Random(1), k -> false, p -> {});
            engine.start().join();
            engine.enqueue(keys, Download.Origin.USER, 0, "original").join();
            print(limit, samples(engine, time));
            engine.close();
        }
    }

    private static List<long[]> samples(DownloadEngine engine, SystemTime time) {
        while (engine.activity().running().size() < FILES) LockSupport.parkNanos(1_000_000);
        List<long[]> samples = new ArrayList<>();
        for (long end = time.nanos() + RUN; time.nanos() < end;) {
            long before = time.nanos();
            long bytes = engine.activity().running().stream().mapToLong(DownloadEngine.Running::bytes).sum();
            samples.add(new long[]{before + (time.nanos() - before) / 2, bytes});
            LockSupport.parkNanos(20_000_000);
        }
        return samples;
    }

    private static void print(long limit, List<long[]> samples) {
        double least = Double.MAX_VALUE;
        double most = 0;
        long begin = samples.getFirst()[0] + 1_000_000_000L;
        for (int from = 0, to = 0; from < samples.size(); from++) {
            while (to < samples.size() && samples.get(to)[0] - samples.get(from)[0] < WINDOW) to++;
            if (to == samples.size()) break;
            if (samples.get(from)[0] < begin) continue;
            double share = (samples.get(to)[1] - samples.get(from)[1]) * 1e9 / (samples.get(to)[0] - samples.get(from)[0]) / limit;
            least = Math.min(least, share);
            most = Math.max(most, share);
        }
        System.out.printf("bandwidth limit %,11d bytes/s, %d transfers: over any 5 s between %.1f %% and %.1f %% of it%n", limit, FILES,
                least * 100, most * 100);
    }

    private record Source(FaultServer server, OkHttpClient http) implements TransferSource {
        Source(FaultServer server) {
            this(server, new OkHttpClient());
        }

        @Override
        public MediaRequest request(ItemKey track, Purpose purpose) {
            return new MediaRequest(URI.create(server.url("/" + track.id())), Map.of(), Optional.empty(), true, -1);
        }

        @Override
        public OkHttpClient client(long account) {
            return http;
        }
    }
}
