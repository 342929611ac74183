package app.waxwing.download;

import app.waxwing.store.Durability;
import app.waxwing.store.Work;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// Ends the process at a named place, as a kill would: no thread says a last word. The system property `waxwing.test.halt` holds `place:n`;
/// the n-th time the place is reached counts.
final class Halts {
    static final String PROPERTY = "waxwing.test.halt";

    enum Place {
        AFTER_WRITE, BEFORE_FORCE, AFTER_FORCE, AFTER_MANIFEST, BEFORE_RENAME, AFTER_RENAME, BEFORE_DELETE, AFTER_DELETE, BEFORE_COMMIT,
        AFTER_COMMIT
    }

    private final String place;
    private final AtomicInteger left;

    private Halts(String place, int count) {
        this.place = place;
        left = new AtomicInteger(count);
    }

    static Halts asAsked() {
        String[] asked = System.getProperty(PROPERTY, "never:0").split(":");
        return new Halts(asked[0], Integer.parseInt(asked[1]));
    }

    private void at(Place reached) {
        if (reached.name().equals(place) && left.decrementAndGet() == 0) Runtime.getRuntime().halt(137);
    }

    Disk disk() {
        return new WrappedDisk() {
            @Override
            public Bytes open(Path file) throws IOException {
                return new WrappedBytes(super.open(file)) {
                    @Override
                    public void write(ByteBuffer from, long position) throws IOException {
                        super.write(from, position);
                        at(Place.AFTER_WRITE);
                    }

                    @Override
                    public void force(boolean metadata) throws IOException {
                        at(Place.BEFORE_FORCE);
                        super.force(metadata);
                        at(Place.AFTER_FORCE);
                    }
                };
            }

            @Override
            public void append(Path file, byte[] bytes) throws IOException {
                super.append(file, bytes);
                at(Place.AFTER_MANIFEST);
            }

            @Override
            public void move(Path from, Path to) throws IOException {
                at(Place.BEFORE_RENAME);
                super.move(from, to);
                at(Place.AFTER_RENAME);
            }

            @Override
            public boolean delete(Path file) throws IOException {
                at(Place.BEFORE_DELETE);
                boolean was = super.delete(file);
                at(Place.AFTER_DELETE);
                return was;
            }
        };
    }

    Rows rows(Rows real) {
        return new Rows() {
            @Override
            public <T> CompletableFuture<T> write(Durability durability, Work<T> work) {
                return real.write(durability, (Work<T>) sql -> {
                    T result = work.with(sql);
                    at(Place.BEFORE_COMMIT);
                    return result;
                }).whenComplete((result, trouble) -> at(Place.AFTER_COMMIT));
            }

            @Override
            public <T> CompletableFuture<T> read(Work<T> query) {
                return real.read(query);
            }
        };
    }
}
