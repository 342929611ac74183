package app.waxwing.download;

import app.waxwing.base.AppPaths;
import app.waxwing.base.SystemTime;
import app.waxwing.download.MediaFolders.MoveEnd;
import app.waxwing.server.MediaRequest;
import app.waxwing.base.ItemKey;
import app.waxwing.store.Database;
import app.waxwing.testing.AlwaysOnline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import okhttp3.OkHttpClient;

/// A process of its own that moves the music, made to die at its n-th touch of the disk. Arguments: data folder, music folder now, new folder, n.
/// A move that an earlier one began goes on; says `moved` when it is done.
public final class MoveChild {
    private MoveChild() {}

    public static void main(String[] args) {
        AppPaths paths = AppPaths.under(Path.of(args[0]));
        var time = new SystemTime();
        Database database = Database.open(paths.database(), time);
        TransferSource nobody = new TransferSource() {
            @Override
            public MediaRequest request(ItemKey track, Purpose purpose) {
                throw new IllegalStateException("nothing is fetched here");
            }

            @Override
            public OkHttpClient client(long account) {
                return new OkHttpClient();
            }
        };
        AppPaths with = new AppPaths(paths.data(), Path.of(args[1]), paths.cache(), paths.logs());
        var engine = new Downloads(Rows.of(database), with, new Dying(Integer.parseInt(args[3])), nobody, new AlwaysOnline(),
                Surroundings.plain(LimitChoice.of(Limits.USUAL)), time, Rig.FAST, new Random(), k -> false, p -> {}, Workers.threads());
        engine.start().join();
        MediaFolders folders = engine.folders();
        boolean going = folders.moving().isPresent() || folders.lastMove().isPresent();
        for (int i = 0; i < 200 && !going; i++) {
            LockSupport.parkNanos(1_000_000);
            going = folders.moving().isPresent() || folders.lastMove().isPresent();
        }
        if (!going && !folders.list().join().getFirst().path().equals(Path.of(args[2]))) folders.move(Path.of(args[2])).join();
        while (folders.lastMove().isEmpty() && folders.moving().isPresent()) LockSupport.parkNanos(1_000_000);
        engine.close();
        database.close();
        boolean moved = folders.lastMove().filter(MoveEnd.Done.class::isInstance).isPresent();
        System.out.println(moved ? "moved" : "not moved: " + folders.lastMove());
        System.exit(0);
    }

    /// Counts what changes the disk, bytes in the middle of a file included.
    private static final class Dying extends WrappedDisk {
        private final AtomicInteger left;

        Dying(int n) {
            left = new AtomicInteger(n);
        }

        private void step() {
            if (left.decrementAndGet() == 0) Runtime.getRuntime().halt(137);
        }

        @Override
        public Bytes open(Path file) throws IOException {
            Bytes bytes = super.open(file);
            if (file.endsWith("probe")) return bytes;
            return new WrappedBytes(bytes) {
                @Override
                public void write(ByteBuffer from, long position) throws IOException {
                    ByteBuffer half = from.duplicate();
                    half.limit(half.position() + half.remaining() / 2);
                    super.write(half, position);
                    step();
                    super.write(from, position);
                }

                @Override
                public void force(boolean metadata) throws IOException {
                    step();
                    super.force(metadata);
                }
            };
        }

        @Override
        public void append(Path file, byte[] bytes) throws IOException {
            step();
            super.append(file, bytes);
            step();
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            step();
            super.move(from, to);
            step();
        }

        @Override
        public boolean delete(Path file) throws IOException {
            if (file.endsWith("probe")) return super.delete(file);
            step();
            boolean was = super.delete(file);
            step();
            return was;
        }
    }
}
