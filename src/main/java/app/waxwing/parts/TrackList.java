package app.waxwing.parts;

import app.waxwing.base.Subscription;
import app.waxwing.library.Track;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// What a table of tracks shows: a short list that is here as a whole, or a long one of which only the row numbers are.
public sealed interface TrackList {
    int size();

    Optional<Track> get(int index);

    /// Starts playing at an index; the list becomes the queue.
    void play(ViewContext ctx, int index, String title);

    void shuffle(ViewContext ctx, String title);

    Subscription onLoaded(Consumer<Paged.Loaded> listener);

    /// The records of these indices, in order.
    CompletableFuture<List<Track>> read(ViewContext ctx, List<Integer> indices);

    record Whole(List<Track> tracks) implements TrackList {
        public Whole {
            tracks = List.copyOf(tracks);
        }

        @Override
        public int size() {
            return tracks.size();
        }

        @Override
        public Optional<Track> get(int index) {
            return index < 0 || index >= tracks.size() ? Optional.empty() : Optional.of(tracks.get(index));
        }

        @Override
        public void play(ViewContext ctx, int index, String title) {
            ctx.actions().play(tracks, index, title);
        }

        @Override
        public void shuffle(ViewContext ctx, String title) {
            ctx.actions().shuffle(tracks, title);
        }

        @Override
        public Subscription onLoaded(Consumer<Paged.Loaded> listener) {
            return () -> {};
        }

        @Override
        public CompletableFuture<List<Track>> read(ViewContext ctx, List<Integer> indices) {
            return CompletableFuture.completedFuture(indices.stream().map(this::get).flatMap(Optional::stream).toList());
        }
    }

    /// @param all rows of the whole list where `paged` is only its beginning
    /// @param longestQueue so many of its tracks become a queue
    record Long(Paged<Track> paged, Optional<CompletableFuture<long[]>> all, int longestQueue) implements TrackList {
        public Long(Paged<Track> paged) {
            this(paged, Optional.empty(), Actions.LONGEST_QUEUE);
        }

        private CompletableFuture<long[]> whole() {
            return all.orElseGet(() -> CompletableFuture.completedFuture(paged.rows()));
        }

        @Override
        public int size() {
            return paged.size();
        }

        @Override
        public Optional<Track> get(int index) {
            return paged.get(index);
        }

        @Override
        public void play(ViewContext ctx, int index, String title) {
            ctx.actions().with(whole(), rows -> ctx.actions().play(rows, paged.find(rows, index).orElse(index), title, longestQueue));
        }

        @Override
        public void shuffle(ViewContext ctx, String title) {
            ctx.actions().with(whole(), rows -> ctx.actions().shuffle(rows, title, longestQueue));
        }

        @Override
        public Subscription onLoaded(Consumer<Paged.Loaded> listener) {
            return paged.onLoaded(listener);
        }

        @Override
        public CompletableFuture<List<Track>> read(ViewContext ctx, List<Integer> indices) {
            return ctx.library().tracksByRow(indices.stream().mapToLong(paged::row).toArray());
        }
    }

    /// Lines of a table over this list: with `discs`, a line `-disc - 1` stands before the first track of each disc where there is more than one.
    default List<Integer> lines(boolean discs) {
        boolean several = discs && this instanceof Whole(List<Track> tracks)
                && tracks.stream().mapToInt(t -> t.disc().orElse(1)).distinct().count() > 1;
        if (!several) return new Indices(size());
        var lines = new java.util.ArrayList<Integer>();
        int disc = -1;
        for (int i : IntStream.range(0, size()).toArray()) {
            int own = get(i).map(t -> t.disc().orElse(1)).orElse(1);
            if (own != disc) lines.add(-own - 1);
            disc = own;
            lines.add(i);
        }
        return lines;
    }

    /// 0, 1, 2, … without holding them.
    final class Indices extends java.util.AbstractList<Integer> implements java.util.RandomAccess {
        private final int size;

        Indices(int size) {
            this.size = size;
        }

        @Override
        public Integer get(int index) {
            java.util.Objects.checkIndex(index, size);
            return index;
        }

        @Override
        public int size() {
            return size;
        }
    }
}
