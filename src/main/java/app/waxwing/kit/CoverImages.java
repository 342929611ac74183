package app.waxwing.kit;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.scene.image.Image;

/// Cover pictures in memory: decoded in the background at the size that is shown, the least recently used forgotten first. FX thread only.
public final class CoverImages {
    /// Where files of pictures come from; `cover` is whatever the façade calls a cover.
    @FunctionalInterface
    public interface Source {
        CompletableFuture<Optional<Path>> file(Object cover, int edge);

        /// When a look for a picture begins; for [#remembered].
        default long start() {
            return 0;
        }

        /// The picture was in memory, so that its file is not asked for.
        default void remembered(long start) {}
    }

    private record Key(Object cover, int edge) {}

    private static final int[] EDGES = {64, 160, 320, 480, 800};
    private final Source source;
    private final long limit;
    private final Map<Key, Image> images = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<Key, CompletableFuture<Optional<Image>>> loading = new LinkedHashMap<>();
    private long bytes;

    public CoverImages(Source source) {
        this(source, 96L << 20);
    }

    /// @param limit bytes of decoded pictures to hold
    public CoverImages(Source source, long limit) {
        this.source = source;
        this.limit = limit;
    }

    /// The picture if it is in memory already.
    public Optional<Image> now(Object cover, double pixels) {
        return Optional.ofNullable(images.get(new Key(cover, bucket(pixels))));
    }

    /// Brings the picture to `then` on the FX thread: at once when it is in memory, empty when there is none.
    ///
    /// @param pixels wanted edge in device pixels
    public void load(Object cover, double pixels, Consumer<Optional<Image>> then) {
        var key = new Key(cover, bucket(pixels));
        long start = source.start();
        Image known = images.get(key);
        if (known != null) {
            source.remembered(start);
            then.accept(Optional.of(known));
            return;
        }
        CompletableFuture<Optional<Image>> running = loading.get(key);
        if (running == null) {
            running = new CompletableFuture<>();
            loading.put(key, running);
            start(key, running);
        }
        running.thenAccept(then);
    }

    /// Bytes held now.
    public long bytes() {
        return bytes;
    }

    private void start(Key key, CompletableFuture<Optional<Image>> done) {
        Fx.onFx(source.file(key.cover(), key.edge()), file -> {
            if (file.isEmpty()) finish(key, done, Optional.empty());
            else decode(key, file.get(), done);
        }, _ -> finish(key, done, Optional.empty()));
    }

    private void decode(Key key, Path file, CompletableFuture<Optional<Image>> done) {
        var image = new Image(file.toUri().toString(), key.edge(), key.edge(), true, true, true);
        image.progressProperty().subscribe(progress -> {
            if (progress.doubleValue() >= 1 && !done.isDone()) finish(key, done, image.isError() ? Optional.empty() : Optional.of(image));
        });
    }

    private void finish(Key key, CompletableFuture<Optional<Image>> done, Optional<Image> image) {
        loading.remove(key);
        image.ifPresent(i -> keep(key, i));
        done.complete(image);
    }

    private void keep(Key key, Image image) {
        images.put(key, image);
        bytes += size(image);
        var oldest = images.entrySet().iterator();
        while (bytes > limit && images.size() > 1 && oldest.hasNext()) {
            bytes -= size(oldest.next().getValue());
            oldest.remove();
        }
    }

    private static long size(Image image) {
        return (long) (image.getWidth() * image.getHeight() * 4);
    }

    private static int bucket(double pixels) {
        for (int edge : EDGES) if (pixels <= edge) return edge;
        return EDGES[EDGES.length - 1];
    }
}
