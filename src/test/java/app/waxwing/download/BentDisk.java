package app.waxwing.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A disk that is well until a test says otherwise, of everything or of files that have one word in their name.
final class BentDisk extends WrappedDisk {
    /// No file with this word in its name takes more bytes.
    final Map<String, Integer> longest = new ConcurrentHashMap<>();
    /// So often the file with this word in its name is held open by another program when it gets its name.
    final Map<String, AtomicInteger> heldOpen = new ConcurrentHashMap<>();
    /// What happens right before the file with this word in its name gets that, and right behind it.
    final Map<String, Runnable> before = new ConcurrentHashMap<>();
    final Map<String, Runnable> behind = new ConcurrentHashMap<>();
    /// What is said of it when it is to be written.
    volatile Optional<Refusal> refusal = Optional.empty();
    /// How often it was said.
    final AtomicInteger refused = new AtomicInteger();

    enum Refusal {
        READ_ONLY, DENIED
    }

    private void written(Path file) throws IOException {
        Optional<Refusal> now = refusal;
        if (now.isEmpty()) return;
        refused.incrementAndGet();
        // On its way to its name a denied file would be taken for one that another program holds open.
        if (now.get() == Refusal.DENIED && String.valueOf(file.getFileName()).endsWith(".part"))
            throw new AccessDeniedException(file.toString());
        throw new FileSystemException(file.toString(), null, "Read-only file system");
    }

    private static <T> Optional<T> of(Map<String, T> words, Path file) {
        String name = String.valueOf(file.getFileName());
        return words.entrySet().stream().filter(e -> name.contains(e.getKey() + ".")).map(Map.Entry::getValue).findFirst();
    }

    @Override
    public Bytes open(Path file) throws IOException {
        written(file);
        return new WrappedBytes(super.open(file)) {
            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                written(file);
                Optional<Integer> most = of(longest, file);
                if (most.isPresent() && position + from.remaining() > most.get()) {
                    ByteBuffer fits = from.duplicate();
                    fits.limit(fits.position() + (int) Math.max(0, most.get() - position));
                    super.write(fits, position);
                    throw new IOException("File too large");
                }
                super.write(from, position);
            }
        };
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        written(to);
        if (of(heldOpen, to).filter(n -> n.getAndDecrement() > 0).isPresent()) throw new AccessDeniedException(from.toString());
        of(before, to).ifPresent(Runnable::run);
        super.move(from, to);
        of(behind, to).ifPresent(Runnable::run);
    }
}
