package app.waxwing.download;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.library.MediaFiles.Root;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One row of the table `download` with what the library knows of its track.
///
/// @param partPath relative to the root; empty before the first start
/// @param filePath relative to the root; given once and kept
record Entry(long id, ItemKey key, Label label, String quality, Origin origin, Turn turn, DownloadState state, Root root,
        Optional<String> partPath, Optional<String> filePath, PartState part, Instant queuedAt, Optional<Instant> startedAt,
        Optional<Instant> completedAt, Optional<String> sha256) {
    /// The queue's order (2.21).
    static final Comparator<Entry> ORDER = Comparator.comparing(Entry::turn).thenComparingLong(Entry::id);

    /// What the library says of the track, for names on disk and on screen.
    ///
    /// @param size of the original, where the server's item data names it
    /// @param millis how long it lasts
    record Label(String title, String artist, String album, String albumArtist, OptionalInt disc, OptionalInt number,
            Optional<String> container,
            Optional<String> serverPath, OptionalLong size, OptionalLong millis) {
        /// Of a track that the library does not have (yet).
        static Label unknown(String item) {
            return new Label(item, "", "", "", OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty(),
                    OptionalLong.empty(), OptionalLong.empty());
        }
    }

    /// What is durable of the part file, and of which version.
    ///
    /// @param bytes durable
    /// @param total of the version being fetched, where its server said
    /// @param highWater most bytes that were ever durable: tries are forgiven only beyond it
    /// @param ignored how often the server sent the whole file where its end was asked for, since it last got further (B.1)
    record PartState(long bytes, OptionalLong total, Validators validators, Optional<String> mime, int restarts, long highWater,
            int ignored) {
        static final PartState NOTHING = new PartState(0, OptionalLong.empty(), Validators.NONE, Optional.empty(), 0, 0);

        PartState(long bytes, OptionalLong total, Validators validators, Optional<String> mime, int restarts, long highWater) {
            this(bytes, total, validators, mime, restarts, highWater, 0);
        }

        /// Whether a part file of this length has more bytes than the whole file: none of them is trusted (B.27).
        boolean tooShortFor(long length) {
            return total.isPresent() && length > total.getAsLong();
        }

        /// Whether an answer said the same before.
        boolean announced(Verdict.Whole v) {
            return total.equals(v.length()) && validators.equals(v.validators());
        }

        PartState {
            if (bytes < 0 || (total.isPresent() && bytes > total.getAsLong())) throw new IllegalArgumentException(bytes + " of " + total);
        }
    }

    /// The class of a reason: 0 playing now, 1 the user's own wishes, 2 album rule, 3 queue pre-cache.
    static int rank(Origin origin) {
        return switch (origin) {
            case PLAYING -> 0;
            case USER, PLAYLIST -> 1;
            case ALBUM -> 2;
            case QUEUE -> 3;
        };
    }

    /// Kept music lives in the default media folder, what may be evicted in the cache.
    static Root rootOf(Origin origin, Root standard) {
        return isKept(origin) ? standard : Root.CACHE;
    }

    static boolean isKept(Origin origin) {
        return origin == Origin.USER || origin == Origin.PLAYLIST;
    }

    /// What is only heard or fetched ahead leaves no line in the server's activity log.
    TransferSource.Purpose purpose() {
        return switch (origin) {
            case USER, PLAYLIST, ALBUM -> TransferSource.Purpose.KEEP;
            case PLAYING, QUEUE -> TransferSource.Purpose.LISTEN;
        };
    }

    /// Of two reasons the one that says more; being heard now says least about why a file stays.
    static Origin higher(Origin a, Origin b) {
        if (a == Origin.PLAYING) return b;
        return b == Origin.PLAYING || a.compareTo(b) <= 0 ? a : b;
    }

    Entry with(DownloadState next) {
        return new Entry(id, key, label, quality, origin, turn, next, root, partPath, filePath, part, queuedAt, startedAt,
                completedAt, sha256);
    }

    /// Its attempt got on: tries before it are made up for.
    Entry further() {
        return with(Transitions.next(state, new DownloadInput.Progressed(state.attempt())));
    }

    Entry with(PartState now) {
        return new Entry(id, key, label, quality, origin, turn, state, root, partPath, filePath, now, queuedAt, startedAt,
                completedAt,
                sha256);
    }

    int rank() {
        return turn.rank();
    }

    int priority() {
        return turn.priority();
    }

    /// With another place in the queue.
    Entry with(Turn now) {
        return new Entry(id, key, label, quality, origin, now, state, root, partPath, filePath, part, queuedAt, startedAt, completedAt,
                sha256);
    }

    /// Wanted for another reason too.
    Entry wanted(Origin by, int newRank, int newPriority) {
        return new Entry(id, key, label, quality, by, turn.with(newRank, newPriority), state, root, partPath, filePath, part, queuedAt,
                startedAt,
                completedAt,
                sha256);
    }

    Entry started(Instant at) {
        return new Entry(id, key, label, quality, origin, turn, state, root, partPath, filePath, part, queuedAt,
                Optional.of(startedAt.orElse(at)), completedAt, sha256);
    }

    Entry placed(Root in, Optional<String> partAt, Optional<String> fileAt) {
        return new Entry(id, key, label, quality, origin, turn, state, in, partAt, fileAt, part, queuedAt, startedAt, completedAt,
                sha256);
    }

    /// The original under this name, taken in place of a transcode.
    Entry original(String path) {
        return as(Quality.ORIGINAL.word(), Optional.of(path));
    }

    Entry as(String newQuality, Optional<String> path) {
        return new Entry(id, key, label, newQuality, origin, turn, state, root, partPath, path, part, queuedAt, startedAt,
                completedAt, sha256);
    }

    Entry finished(Instant at, String digest) {
        return new Entry(id, key, label, quality, origin, turn, state, root, Optional.empty(), filePath, part, queuedAt,
                startedAt,
                Optional.of(at), Optional.of(digest));
    }

    /// The track as the store has it, where that moved on its server since this was read.
    Entry sameAs(Entry stored) {
        return stored.key.equals(key)
                ? this
                : new Entry(id, stored.key, stored.label, quality, origin, turn, state, root, partPath, filePath, part, queuedAt, startedAt,
                        completedAt, sha256);
    }

    /// Its finished file is not here any more: nothing of it counts, only its name stays.
    Entry missed(DownloadState next) {
        var nothing = new PartState(0, OptionalLong.empty(), Validators.NONE, Optional.empty(), part.restarts(), 0);
        return new Entry(id, key, label, quality, origin, turn, next, root, Optional.empty(), filePath, nothing, queuedAt,
                startedAt, Optional.empty(), Optional.empty());
    }

    Status status() {
        return switch (state) {
            case DownloadState.Queued s -> Status.PENDING;
            case DownloadState.Running s -> Status.DOWNLOADING;
            case DownloadState.Paused s -> Status.PAUSED;
            case DownloadState.Completed s -> Status.COMPLETED;
            case DownloadState.Failed s -> Status.FAILED;
            case DownloadState.Removing s -> completedAt.isPresent() ? Status.COMPLETED : Status.PAUSED;
            case DownloadState.Gone s -> completedAt.isPresent() ? Status.COMPLETED : Status.PAUSED;
        };
    }

    int tries() {
        return switch (state) {
            case DownloadState.Queued s -> s.tries();
            case DownloadState.Running s -> s.tries();
            case DownloadState.Paused s -> s.tries();
            case DownloadState.Failed s -> s.tries();
            case DownloadState.Completed s -> 0;
            case DownloadState.Removing s -> 0;
            case DownloadState.Gone s -> 0;
        };
    }

    Optional<Reason> reason() {
        return state instanceof DownloadState.Queued s ? s.reason() : Optional.empty();
    }

    /// In which form it is wished for.
    Quality target() {
        return Quality.of(quality).orElseThrow(() -> new IllegalStateException("quality " + quality));
    }

    /// What a fetch of it is measured by: the original's size also for a transcode, which may be fetched on the same day. A wrong answer may name a
    /// few bytes: what the library says and what was here already count as well. Empty = nobody said.
    OptionalLong measure() {
        if (part.total().isEmpty() && label.size().isEmpty()) return OptionalLong.empty();
        return OptionalLong.of(Math.max(part.highWater(), Math.max(part.total().orElse(0), label.size().orElse(0))));
    }

    /// Known for sure; nobody knows it of a transcode before it is whole.
    OptionalLong size() {
        return part.total().isPresent() || target().transcoded() ? part.total() : label.size();
    }

    /// Its size, or about what a transcode will have.
    OptionalLong expected() {
        OptionalLong sure = size();
        return sure.isPresent() ? sure : target().estimate(label.millis());
    }

    /// For the outside.
    ///
    /// @param bytes as far as it has come, written or durable
    /// @param wait why it waits, if it waits
    /// @param place the absolute path of a relative one
    Download shown(long bytes, Wait wait, java.util.function.BiFunction<Root, String, Path> place) {
        boolean done = status() == Status.COMPLETED;
        double progress = done
                ? 1.0
                : expected().isPresent() && expected().getAsLong() > 0 ? Math.min(0.999, (double) bytes / expected().getAsLong()) : 0;
        return new Download(id, key, label.title(), label.artist(), label.album(), status(),
                status() == Status.PENDING ? Optional.of(wait) : Optional.empty(), turn.rank(), priority(), turn.place(),
                turn.anyway(), origin,
                bytes, size(), progress, done ? filePath.map(p -> place.apply(root, p)) : Optional.empty(), part.mime(), quality,
                Math.max(0, state instanceof DownloadState.Failed ? tries() - 1 : tries()),
                state instanceof DownloadState.Failed f ? Optional.of(f.words()) : Optional.empty(),
                state instanceof DownloadState.Failed f ? Download.Remedy.of(f.code()) : Download.Remedy.NONE, queuedAt,
                startedAt,
                done ? completedAt : Optional.empty(), done ? sha256 : Optional.empty(),
                Measure.of(quality, label.container(), label.millis()));
    }
}
