package app.waxwing.download;

import app.waxwing.base.AppPaths;
import app.waxwing.base.ItemKey;
import app.waxwing.base.SystemTime;
import app.waxwing.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// A process of its own that keeps tracks, deletes some and takes some of the deletions back, over and over, to be killed in the middle of that.
/// Arguments: data folder, server's address, how many tracks, after how many rounds it ends by itself. Says `deleting` when all are here.
public final class DeletionChild {
    private static final Duration UNDO = Duration.ofMillis(40);

    private DeletionChild() {}

    public static void main(String[] args) {
        AppPaths paths = AppPaths.under(Path.of(args[0]));
        int tracks = Integer.parseInt(args[2]);
        int rounds = Integer.parseInt(args[3]);
        var time = new SystemTime();
        var random = new Random();
        Database database = Database.open(paths.database(), time);
        Downloads engine = DownloadChild.engine(paths, database, args[1], time, UNDO);
        engine.start().join();
        List<ItemKey> keys = new ArrayList<>();
        for (int i = 0; i < tracks; i++) keys.add(new ItemKey(1, "k" + i));
        for (int round = 0; round < rounds; round++) {
            engine.enqueue(keys, Download.Origin.USER, 0, "original").join();
            while (engine.activity().completed() < tracks) {
                // So many rounds fetch the same tracks that the guard stops and asks (B.34): yes, go on.
                if (engine.activity().failed() > 0) retry(engine, keys);
                LockSupport.parkNanos(2_000_000);
            }
            if (round == 0) {
                System.out.println("deleting");
                System.out.flush();
            }
            List<Download> some = keys.stream().filter(k -> random.nextBoolean())
                    .flatMap(k -> engine.byItem(k).join().stream()).toList();
            for (Download each : some) {
                engine.delete(List.of(each.id())).join();
                LockSupport.parkNanos(random.nextInt(15_000_000));
                if (random.nextInt(3) == 0) engine.enqueue(List.of(each.key()), Download.Origin.USER, 0, "original").join();
            }
        }
        engine.close();
        database.close();
        System.out.println("complete");
        System.exit(0);
    }

    private static void retry(Downloads engine, List<ItemKey> keys) {
        engine.retry(keys.stream().flatMap(k -> engine.byItem(k).join().stream()).filter(d -> d.status() == Download.Status.FAILED)
                .map(Download::id).toList()).join();
    }
}
