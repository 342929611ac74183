package app.waxwing.download;

import app.waxwing.base.Events;
import app.waxwing.base.ItemKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// The download queue and its workers. Commands post to thread `downloads` and return at once; their futures complete when the change is durable.
/// The list, its counts, events and the commands for «all» are of active accounts; what the others wished for is fetched all the same.
/// A file that is marked complete is right, byte for byte one version of the source.
public interface DownloadEngine {
    /// How long a deletion can be taken back on screen (4.19).
    Duration UNDO = Duration.ofSeconds(10);

    /// Reconciles what was touched by the last run, then begins to fetch.
    CompletableFuture<Void> start();

    /// Queues tracks. One already there is merged: the higher class and priority win.
    ///
    /// @return the id of each one's download, in their order
    CompletableFuture<List<Long>> enqueue(Collection<ItemKey> tracks, Download.Origin origin, int priority, String quality);

    CompletableFuture<Void> pause(Collection<Long> ids);

    CompletableFuture<Void> resume(Collection<Long> ids);

    /// Removes the wish and its partial file.
    CompletableFuture<Void> cancel(Collection<Long> ids);

    CompletableFuture<Void> retry(Collection<Long> ids);

    /// Removes finished files that nothing keeps any more.
    CompletableFuture<Void> delete(Collection<Long> ids);

    CompletableFuture<Void> pauseAll();

    CompletableFuture<Void> resumeAll();

    /// Hides completed rows from the list; files stay.
    CompletableFuture<Void> clearCompleted();

    CompletableFuture<Void> priority(long id, int priority);

    /// Puts downloads that are not finished right before another one, in the order given; without one, at the end of their own class. They take
    /// its priority, and its class where that is the better one (never that of what is heard now). What has no such place changes nothing.
    CompletableFuture<Void> move(List<Long> ids, OptionalLong before);

    /// Puts downloads before all others but what is heard now.
    CompletableFuture<Void> toTop(List<Long> ids);

    /// «Download now anyway»: neither hours nor the network's price nor the battery hold these any more, until they are done.
    CompletableFuture<Void> downloadNow(Collection<Long> ids);

    /// The same for all of the user's own that wait now.
    CompletableFuture<Void> downloadAllNow();

    /// How much, how fast and when, as set now.
    Limits limits();

    /// Which limits can have an effect on this system at all; at once.
    Senses senses();

    /// Sets and remembers the limits; they count at once, for what runs too.
    void limits(Limits limits);

    /// After each change, whoever made it; on the thread of whoever made it.
    Events<Limits> limitChanges();

    /// The network of which only the user knows whether it costs by the byte, and has not said yet: ask once. Empty otherwise.
    default Optional<String> unknownNetwork() {
        return network().filter(n -> !n.answered()).map(Priced::name);
    }

    /// The network that this computer is on, where only the user knows whether it costs; empty where the system tells.
    Optional<Priced> network();

    /// @param costs as it counts now: until somebody says otherwise such a network costs
    /// @param answered somebody said so
    record Priced(String name, boolean costs, boolean answered) {}

    /// The user's answer, which another takes back; remembered for this network.
    CompletableFuture<Void> networkCosts(String network, boolean costs);

    /// What each account's music takes on this computer.
    CompletableFuture<List<Stored>> stored();

    /// Bytes free where kept music goes; fails with what is the matter with that folder.
    CompletableFuture<Long> free();

    /// Of a filter that names tracks only what they need is read, however long the queue is.
    ///
    /// @param offset rows to pass over; of a filter that names one to begin behind nothing
    /// @param limit 0 = all
    CompletableFuture<DownloadPage> list(Filter filter, int offset, int limit);

    /// All that [#list] would show of these states, as little of each as a long list needs; in no order.
    CompletableFuture<List<QueueRow>> rows(Collection<Download.Status> statuses);

    /// What music takes on this computer: some hundred of the newest finished files, by which the size of what is queued is guessed.
    CompletableFuture<List<Sample>> samples();

    /// Those of them that [#list] would show, in its order.
    CompletableFuture<List<Download>> find(Collection<Long> ids);

    CompletableFuture<List<Download>> byItem(ItemKey track);

    /// What lies behind one download, for those who want to know; empty when it is gone.
    CompletableFuture<Optional<Details>> details(long id);

    /// Where kept music lies.
    MediaFolders folders();

    /// Live figures of what runs; at once from memory. Screens sample it 4–10 times a second.
    Activity activity();

    /// Every event in order, on thread `downloads`. What is fetched only because it is heard is no download: its events begin when it is wished for.
    Events<DownloadEvent> events();

    /// The same, and of what is fetched only because it is heard as well: for whoever looks after files, which come and go by that too.
    Events<DownloadEvent> fetches();

    /// What changed without an event, after it is stored, on thread `downloads`: for whoever shows the queue and reads it again.
    Events<QueueChange> changes();

    /// Compares what is recorded with the disk; with `repair` mends what can be mended and deletes nothing that Waxwing did not write.
    CompletableFuture<VerifyReport> verify(boolean repair);

    /// How far a [#verify] under way is; at once from memory. Screens sample it 4–10 times a second.
    default Optional<Checking> checking() {
        return Optional.empty();
    }

    /// Pauses all transfers durably; at most two seconds.
    void close();

    /// @param size bytes of a finished file
    record Sample(Measure measure, long size) {}

    /// @param statuses none = all
    /// @param after only what stands behind this download; nothing does behind one that is not there
    /// @param tracks only these; empty = all
    record Filter(List<Download.Status> statuses, OptionalLong after, Optional<Set<ItemKey>> tracks) {
        public Filter {
            statuses = List.copyOf(statuses);
            tracks = tracks.map(Set::copyOf);
            if (after.isPresent() && tracks.isPresent()) throw new IllegalArgumentException("some tracks, or what is behind one");
        }

        public Filter(List<Download.Status> statuses) {
            this(statuses, OptionalLong.empty(), Optional.empty());
        }

        public Filter(List<Download.Status> statuses, OptionalLong after) {
            this(statuses, after, Optional.empty());
        }

        public Filter(List<Download.Status> statuses, Set<ItemKey> tracks) {
            this(statuses, OptionalLong.empty(), Optional.of(tracks));
        }
    }

    record DownloadPage(List<Download> items, long total) {
        public DownloadPage {
            items = List.copyOf(items);
        }
    }

    /// @param running newest figures of each transfer, by download id
    record Activity(List<Running> running, int waiting, int paused, int failed, long completed, long bytesPerSecond) {
        public Activity {
            running = List.copyOf(running);
        }
    }

    /// @param address what is asked of the server, without any secret; empty while the account cannot be asked
    /// @param etag and `lastModified`: by what the version is known again; with neither of them an interrupted transfer starts anew
    /// @param attempts so far
    /// @param versions how often another version began, because the server changed the file or could not go on in the middle
    /// @param place where its bytes are or will be
    record Details(Download download, Optional<URI> address, Optional<String> etag, Optional<String> lastModified, int attempts,
            int versions, Optional<Path> place) {}

    /// @param size total bytes, -1 unknown
    record Running(long id, ItemKey key, long bytes, long size, long bytesPerSecond) {}

    /// What the system says of itself.
    ///
    /// @param costs what a network costs; otherwise only mobile and tethered links are known, and the user is asked about each
    /// @param battery whether the computer is unplugged
    record Senses(boolean costs, boolean battery) {}

    /// @param account local number
    /// @param keptBytes of files that stay until the user lets them go
    /// @param cachedBytes of files that may be evicted
    record Stored(long account, long keptBytes, int keptFiles, long cachedBytes, int cachedFiles) {}

    /// @param files that are looked at, of `allFiles` that are recorded; when all are, it looks for others
    record Checking(long files, long allFiles, boolean repair) {}

    /// @param missing recorded but not on disk
    /// @param damaged on disk with another size or digest
    /// @param unknown in the folder but not recorded (left alone)
    /// @param away folders that are not there now; nothing is said of their files
    /// @param changed files that are not what was written and stay after a repair, beside what is fetched anew: only the user deletes them
    /// @param others files of accounts whose turn it is not that are missing, damaged or not recorded, or were mended; none of them is named
    /// @param untold kept files of which the manifest of their folder did not say what is recorded, so that they could not be known again if the
    ///     database were lost; a repair writes that down
    record VerifyReport(long checked, List<String> missing, List<String> damaged, List<String> unknown, List<String> repaired,
            List<String> changed, List<String> away, int others, int untold) {
        /// With manifests that say what they should.
        public VerifyReport(long checked, List<String> missing, List<String> damaged, List<String> unknown, List<String> repaired,
                List<String> changed, List<String> away, int others) {
            this(checked, missing, damaged, unknown, repaired, changed, away, others, 0);
        }
    }
}
