package app.waxwing.testing.ui;

import app.waxwing.account.Account;
import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.kit.CoverImages;
import app.waxwing.library.Cover;
import app.waxwing.library.LibrarySync;
import app.waxwing.library.UserState;
import app.waxwing.outbox.Outbox;
import app.waxwing.server.ItemKind;
import app.waxwing.shell.Services;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Every façade as a fake, over one sample library. Take the fields apart for a single screen, or [#services] for the whole window.
public final class FakeServices {
    public final SampleMusic music;
    public final FakeLibrary library;
    public final FakePlayer player = new FakePlayer();
    public final FakeDownloads downloads;
    public final FakeCovers covers = new FakeCovers();
    public final FakeAccounts accounts;
    public final FakeUserState userState = new FakeUserState();
    public final FakeOutbox outbox = new FakeOutbox();
    public final FakeSync sync = new FakeSync();

    private FakeServices(SampleMusic music, FakeAccounts accounts) {
        this.music = music;
        this.accounts = accounts;
        library = new FakeLibrary(music);
        downloads = new FakeDownloads(music);
    }

    /// As in the pictures: twelve albums and some more, one plays, three downloads run.
    public static FakeServices sample() {
        return sample(FakeAccounts.HOME);
    }

    /// The same with these accounts.
    public static FakeServices sample(app.waxwing.account.Account... accounts) {
        var music = SampleMusic.of(28);
        var fake = new FakeServices(music, new FakeAccounts(accounts));
        fake.player.asInThePictures(music);
        return fake;
    }

    public static FakeServices of(SampleMusic music) {
        var fake = new FakeServices(music, new FakeAccounts(FakeAccounts.HOME));
        fake.player.asInThePictures(music);
        return fake;
    }

    /// Signed in, nothing there yet.
    public static FakeServices empty() {
        return empty(FakeAccounts.HOME);
    }

    /// The same with these accounts.
    public static FakeServices empty(Account... accounts) {
        return new FakeServices(SampleMusic.nothing(), new FakeAccounts(accounts));
    }

    /// The first start.
    public static FakeServices signedOut() {
        return new FakeServices(SampleMusic.nothing(), new FakeAccounts());
    }

    /// Every question to the library fails.
    public static FakeServices failing() {
        var fake = new FakeServices(SampleMusic.of(0), new FakeAccounts(FakeAccounts.HOME));
        fake.library.failing(new Failure.Corrupt("The library on this computer"));
        fake.downloads.failure = Optional.of(new Failure.Corrupt("The list of downloads"));
        return fake;
    }

    public static FakeServices longTexts() {
        return of(SampleMusic.longTexts());
    }

    public Services services() {
        return new Services(accounts, accounts.reachability(), library, sync, userState, covers, player, downloads, downloads, outbox,
                InstantSource.fixed(SampleMusic.NOW), () -> CompletableFuture.completedFuture(FakeAccounts.HOME),
                () -> CompletableFuture.completedFuture(new Services.Space(38_000_000_000L, 6_000_000_000L, 61_000_000_000L)));
    }

    public CoverImages coverImages() {
        return new CoverImages((cover, edge) -> covers.file((Cover) cover, edge));
    }

    /// Notes what the user did.
    public static final class FakeUserState implements UserState {
        /// Playlists that can be brought back.
        public final List<Deleted> deleted = new ArrayList<>();
        public final List<String> done = new ArrayList<>();

        @Override
        public CompletableFuture<Void> favourite(ItemKind kind, ItemKey key, boolean favourite) {
            return note((favourite ? "favourite " : "unfavourite ") + kind.word() + " " + key.id());
        }

        @Override
        public CompletableFuture<ItemKey> createPlaylist(long account, String title, List<ItemKey> tracks) {
            return note("create " + title).thenApply(_ -> new ItemKey(account, "local-1"));
        }

        @Override
        public CompletableFuture<Void> addToPlaylist(ItemKey playlist, List<ItemKey> tracks) {
            return note("add " + tracks.size() + " to " + playlist.id());
        }

        @Override
        public CompletableFuture<Void> removeFromPlaylist(ItemKey playlist, List<Integer> positions) {
            return note("remove " + positions + " from " + playlist.id());
        }

        @Override
        public CompletableFuture<Void> deletePlaylist(ItemKey playlist) {
            return note("delete " + playlist.id());
        }

        @Override
        public CompletableFuture<ItemKey> undeletePlaylist(ItemKey playlist) {
            deleted.removeIf(d -> d.key().equals(playlist));
            return note("undelete " + playlist.id()).thenApply(n -> playlist);
        }

        @Override
        public CompletableFuture<List<Deleted>> deletedPlaylists() {
            return CompletableFuture.completedFuture(List.copyOf(deleted));
        }

        private CompletableFuture<Void> note(String what) {
            done.add(what);
            return CompletableFuture.completedFuture(null);
        }
    }

    /// Actions that wait.
    public static final class FakeOutbox implements Outbox {
        private final Events<Integer> changes = new Events<>();
        public final Events<String> notes = new Events<>();
        public final List<String> asked = new ArrayList<>();
        private List<Pending> held = List.of();
        private int count;

        public void waiting(int n) {
            count = n;
            changes.publish(n);
        }

        /// So many changes come out of a backup of that time.
        public void hold(int n, Instant from) {
            hold(n, from.minusSeconds(60), from);
        }

        /// So many changes wait since that time, too long to go unasked.
        public void old(int n, Instant since) {
            hold(n, since, since);
        }

        private void hold(int n, Instant made, Instant from) {
            held = java.util.stream.LongStream.rangeClosed(1, n).mapToObj(i -> new Pending(i, new ItemKey(1, "t" + i), "favourite",
                    "Make «x» a favourite", made, 0, Optional.empty(), Optional.of(from))).toList();
            waiting(n);
        }

        @Override
        public CompletableFuture<List<Pending>> pending() {
            return CompletableFuture.completedFuture(held);
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public CompletableFuture<Void> drop(long id) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Integer> sendHeld() {
            asked.add("send held");
            return CompletableFuture.completedFuture(0);
        }

        @Override
        public CompletableFuture<Integer> dropHeld() {
            asked.add("drop held");
            return CompletableFuture.completedFuture(0);
        }

        @Override
        public CompletableFuture<Void> flush() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> played(ItemKey track, Instant at) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> told(ItemKey track, Instant at) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Events<Integer> changes() {
            return changes;
        }

        @Override
        public Events<String> notes() {
            return notes;
        }
    }

    /// A sync that finds nothing new.
    public static final class FakeSync implements LibrarySync {
        public final Events<Progress> progress = new Events<>();
        public final Events<Report> unasked = new Events<>();
        public final List<Long> asked = new ArrayList<>();
        public final List<Held> held = new ArrayList<>();
        public final List<String> answers = new ArrayList<>();
        public final List<Answered> answered = new ArrayList<>();
        /// When an answer is carried out.
        public CompletableFuture<Integer> answering = CompletableFuture.completedFuture(100);
        public boolean running;
        public boolean stopped;
        public Runnable before = () -> {};
        public final List<Folder> folders = new ArrayList<>();
        public final java.util.Map<Long, Last> last = new java.util.HashMap<>();

        @Override
        public CompletableFuture<Report> sync(long account, boolean full) {
            asked.add(account);
            before.run();
            return CompletableFuture.completedFuture(new Report(18_230, 1_412, 388, 4, 0, 0, 0, 0, Duration.ofSeconds(2), stopped));
        }

        @Override
        public boolean stop(long account) {
            answers.add("stop " + account);
            return running;
        }

        @Override
        public CompletableFuture<Report> news(long account, java.util.Set<String> removed) {
            return sync(account, false);
        }

        @Override
        public CompletableFuture<List<Folder>> folders(long account) {
            return CompletableFuture.completedFuture(List.copyOf(folders));
        }

        @Override
        public CompletableFuture<Integer> choose(long account, String folder, boolean synced) {
            answers.add((synced ? "on " : "off ") + account + " " + folder);
            folders.replaceAll(f -> f.id().equals(folder) ? new Folder(f.id(), f.title(), synced, f.tracks()) : f);
            return CompletableFuture.completedFuture(240);
        }

        @Override
        public CompletableFuture<java.util.Map<Long, Last>> last() {
            return CompletableFuture.completedFuture(java.util.Map.copyOf(last));
        }

        @Override
        public Events<Report> unasked() {
            return unasked;
        }

        @Override
        public CompletableFuture<List<Held>> held() {
            return CompletableFuture.completedFuture(List.copyOf(held));
        }

        @Override
        public CompletableFuture<Integer> answer(long account, String folder, boolean gone) {
            answers.add((gone ? "gone " : "keep ") + account + " " + folder);
            return answering.thenApply(items -> {
                held.removeIf(h -> h.account() == account && h.folder().equals(folder));
                return items;
            });
        }

        @Override
        public CompletableFuture<Integer> takeBack(long account, String folder) {
            answers.add("undo " + account + " " + folder);
            answered.removeIf(a -> a.account() == account && a.folder().equals(folder));
            return CompletableFuture.completedFuture(100);
        }

        @Override
        public CompletableFuture<List<Answered>> answered() {
            return CompletableFuture.completedFuture(List.copyOf(answered));
        }

        @Override
        public app.waxwing.base.Events<Progress> progress() {
            return progress;
        }
    }

    /// The account of the samples.
    public Account account() {
        return FakeAccounts.HOME;
    }
}
