package app.waxwing.library;

import static app.waxwing.store.schema.Tables.LIBRARY_FOLDER;
import static app.waxwing.store.schema.Tables.TRACK;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import app.waxwing.base.InertText;
import app.waxwing.server.Page;
import app.waxwing.server.RemoteAlbum;
import app.waxwing.server.RemoteArtist;
import app.waxwing.server.RemoteFolder;
import app.waxwing.server.RemoteTrack;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One sync of one account. The first, and every full one, is a pass: folders, artists, albums, tracks, playlists with entries, user data, then
/// the sweep of what the pass did not meet, and what the server does not give by its id where its lists are short. Between passes only what changed
/// since the watermark is read; when the server's count no longer fits, or not all that changed came, a pass follows.
final class SyncRun {
    private static final Logger LOG = LoggerFactory.getLogger(SyncRun.class);
    /// The watermark lies so much before the server's clock at the start: servers write rows a little after they date them.
    private static final Duration MARGIN = Duration.ofMinutes(5);
    static final int REPEATS = 3;
    /// Between since when and until when a list is of changes, as its step has them.
    private static final String UNTIL = " to ";
    private final SyncContext context;
    private final SyncContext.Counts counts;
    private final PlaylistSync playlists;
    private final UserDataSync userData;
    private final Overlooked overlooked;
    private final Sweep sweep;
    private final MovedRows moved;
    private final Vanished vanished;

    SyncRun(SyncContext context, SyncContext.Counts counts) {
        this.context = context;
        this.counts = counts;
        playlists = new PlaylistSync(context, counts);
        userData = new UserDataSync(context);
        overlooked = new Overlooked(context);
        sweep = new Sweep(context, counts);
        moved = new MovedRows(context, counts);
        vanished = new Vanished(context, counts, moved);
    }

    /// @param full read everything, not only what changed
    /// @param removed what the server says it removed; so much of it that a pass would ask about it is left to passes
    void run(boolean full, Set<String> removed) {
        List<Optional<String>> folders = folders();
        String mark = context.server().serverTime().orElse(context.time().now()).minus(MARGIN).toString();
        SyncStep pass = context.read(sql -> SyncStep.load(sql, context.account(), SyncStep.PASS)).orElse(SyncStep.fresh(SyncStep.PASS, 0));
        Optional<SyncStep> since = context.read(sql -> SyncStep.load(sql, context.account(), SyncStep.SINCE));
        boolean interrupted = pass.pass() > 0 && !pass.complete();
        SyncStep whole = context.save(SyncStep.fresh(SyncStep.UNDER_WAY, pass.pass()).watermark(mark, false));
        try {
            read(full || interrupted, removed, folders, mark, pass, since);
        } catch (RuntimeException | Error e) {
            leave(whole, e);
            throw e;
        }
        context.save(whole.watermark(mark, true));
    }

    /// From now on nothing is read: what is known here is not of one piece, and stays as it is until the next sync.
    private void leave(SyncStep whole, Throwable why) {
        try {
            context.save(whole.brokenOff());
        } catch (RuntimeException e) { // such as of a database that is closed
            why.addSuppressed(e);
        }
    }

    private void read(boolean whole, Set<String> removed, List<Optional<String>> folders, String mark, SyncStep pass,
            Optional<SyncStep> since) {
        boolean interrupted = pass.pass() > 0 && !pass.complete();
        if (whole || since.isEmpty()) {
            SyncStep current = interrupted && inPlace(pass.pass(), folders)
                    ? pass
                    : context.save(SyncStep.fresh(SyncStep.PASS, pass.pass() + 1).watermark(mark, false));
            pass(current, folders, since.map(SyncStep::watermark).map(Instant::parse));
            vanished.mark(removed);
            playlists.removed(removed);
            sweep.figures();
        } else if (changes(pass, Instant.parse(String.valueOf(since.get().watermark())), mark, folders, removed)) {
            SyncStep current = context.save(SyncStep.fresh(SyncStep.PASS, pass.pass() + 1).watermark(mark, false));
            pass(current, folders, since.map(SyncStep::watermark).map(Instant::parse));
        }
    }

    /// The music libraries to read. A server that never had libraries is read as a whole; of one that names none of those it had nothing is read.
    private List<Optional<String>> folders() {
        List<RemoteFolder> told = context.server().folders();
        if (told.isEmpty()) {
            boolean had = context.read(sql -> sql.fetchExists(LIBRARY_FOLDER, LIBRARY_FOLDER.ACCOUNT_ID.eq(context.account())));
            if (had) LOG.warn("account {}: the server names none of its libraries; nothing of them is read", context.account());
            return had ? List.of() : List.of(Optional.empty());
        }
        context.write(sql -> {
            for (RemoteFolder folder : told) {
                String title = InertText.of(folder.title());
                sql.insertInto(LIBRARY_FOLDER).set(LIBRARY_FOLDER.ACCOUNT_ID, context.account()).set(LIBRARY_FOLDER.ITEM_ID, folder.id())
                        .set(LIBRARY_FOLDER.TITLE, title).set(LIBRARY_FOLDER.KIND, folder.kind()).onDuplicateKeyUpdate()
                        .set(LIBRARY_FOLDER.TITLE, title).set(LIBRARY_FOLDER.KIND, folder.kind()).execute();
            }
            return sql.deleteFrom(LIBRARY_FOLDER).where(LIBRARY_FOLDER.ACCOUNT_ID.eq(context.account()),
                    LIBRARY_FOLDER.ITEM_ID.notIn(told.stream().map(RemoteFolder::id).toList()),
                    // Its name is wanted as long as music from it is here.
                    notExists(selectOne().from(TRACK).where(TRACK.ACCOUNT_ID.eq(LIBRARY_FOLDER.ACCOUNT_ID),
                            TRACK.FOLDER_ITEM_ID.eq(LIBRARY_FOLDER.ITEM_ID))))
                    .execute();
        });
        Set<String> left = context.read(sql -> sql.select(LIBRARY_FOLDER.ITEM_ID).from(LIBRARY_FOLDER)
                .where(LIBRARY_FOLDER.ACCOUNT_ID.eq(context.account()), LIBRARY_FOLDER.IS_SYNCED.isFalse())
                .fetchSet(LIBRARY_FOLDER.ITEM_ID));
        return told.stream().filter(f -> FolderChoice.music(f.kind()) && !left.contains(f.id()))
                .map(f -> Optional.of(f.id())).toList();
    }

    private void pass(SyncStep pass, List<Optional<String>> folders, Optional<Instant> since) {
        long n = pass.pass();
        long account = context.account();
        boolean artists = read(artists(n, folders), n, folders);
        boolean albums = read(albums(n), n, folders);
        boolean tracks = read(tracks(n), n, folders);
        playlists.run(true);
        userData.run(since);
        if (tracks) {
            overlooked.tracks(n, folders);
            moved.follow(n);
            sweep.tracks(n);
        }
        if (albums) {
            overlooked.albums(n, folders);
            sweep.albums(n);
        }
        if (artists) sweep.artists(n);
        sweep.figures();
        String mark = String.valueOf(pass.watermark());
        // Of what changes while no library is read nothing was asked for.
        String from = folders.isEmpty() ? since.map(Instant::toString).orElse(mark) : mark;
        context.write(sql -> pass.watermark(mark, true).save(sql, account, context.time().now())
                + SyncStep.fresh(SyncStep.SINCE, n).watermark(from, true).save(sql, account, context.time().now()));
    }

    @FunctionalInterface
    private interface FolderFetch<T> {
        Page<T> page(Optional<String> folder, String cursor);
    }

    /// How to write what comes from a library, empty for the server as a whole.
    @FunctionalInterface
    private interface FolderWrite<T> {
        SyncContext.Write<T> into(String folder);
    }

    /// What a pass reads of each library.
    ///
    /// @param key of an item its id, and what lists are in order of
    /// @param counted whether the sum of the folders' totals is a number of distinct items
    private record Kind<T>(String name, boolean counted, FolderFetch<T> fetch, Function<T, String> key, FolderWrite<T> writes) {
        SyncContext.Fetch<T> in(Optional<String> folder) {
            return cursor -> fetch.page(folder, cursor);
        }

        String scope(Optional<String> folder) {
            return name + "/" + folder.orElse("");
        }
    }

    private Kind<RemoteArtist> artists(long pass, List<Optional<String>> folders) {
        return new Kind<>("artists", folders.size() == 1, (folder, cursor) -> context.server().artists(folder, cursor, SyncContext.PAGE),
                LeftPage::key,
                folder -> (connection, items, asked) -> new ArtistWriter(connection, context.account(), pass).write(items, asked));
    }

    private Kind<RemoteAlbum> albums(long pass) {
        return new Kind<>("albums", true, (folder, cursor) -> context.server().albums(folder, cursor, SyncContext.PAGE), LeftPage::key,
                folder -> (connection, items, asked) -> new AlbumWriter(connection, context.account(), pass, folder).write(items, asked));
    }

    private Kind<RemoteTrack> tracks(long pass) {
        return new Kind<>("tracks", true, (folder, cursor) -> context.server().tracks(folder, cursor, SyncContext.PAGE), LeftPage::key,
                folder -> (connection, items, asked) -> new TrackWriter(connection, context.account(), pass, folder).write(items, asked));
    }

    /// Whether a pass that was broken off can go on: what its lists have behind the break was not read yet, and what was read is met. A pass whose
    /// list is another one by now is begun anew, as what it met and counted may have left the server since.
    private boolean inPlace(long pass, List<Optional<String>> folders) {
        return inPlace(artists(pass, folders), pass, folders) && inPlace(albums(pass), pass, folders)
                && inPlace(tracks(pass), pass, folders);
    }

    private <T> boolean inPlace(Kind<T> kind, long pass, List<Optional<String>> folders) {
        for (Optional<String> folder : folders) {
            if (context.inPlace(context.load(kind.scope(folder), pass), kind.in(folder), kind.key).isPresent()) continue;
            LOG.info("{} of account {}: the list is another one than when it was broken off, reading everything", kind.name,
                    context.account());
            return false;
        }
        return true;
    }

    /// Reads one kind from all folders; again where fewer distinct items came than the server counts, until a round brings nothing new.
    ///
    /// @return true when all there is was met, so that what was not met is gone
    private <T> boolean read(Kind<T> kind, long pass, List<Optional<String>> folders) {
        boolean whole = true;
        for (Optional<String> folder : folders) {
            SyncContext.Write<T> write = kind.writes.into(folder.orElse(""));
            SyncStep step = context.walk(context.load(kind.scope(folder), pass), kind.name, kind.in(folder), kind.key, write, counts);
            boolean stable = false;
            for (int i = 0; kind.counted && step.shortOfTotal() && !stable && i < REPEATS; i++) {
                LOG.info("{} of account {}: {} distinct of {} came, reading again", kind.name, context.account(), step.seen(),
                        step.total());
                long before = step.seen();
                step = context.walk(context.save(step.again()), kind.name, kind.in(folder), kind.key, write, counts);
                stable = step.seen() == before;
            }
            if (step.dropped() > 0)
                LOG.info("{} of account {}: {} entries could not be used", kind.name, context.account(), step.dropped());
            whole &= !kind.counted || stable || !step.shortOfTotal();
        }
        return whole && !folders.isEmpty();
    }

    /// What changed since the watermark. True when the server's counts say that a pass is needed.
    private boolean changes(SyncStep pass, Instant since, String mark, List<Optional<String>> folders, Set<String> removed) {
        long n = pass.pass();
        long account = context.account();
        var server = context.server();
        var known = new SyncContext.Counts();
        var named = new NamedArtists(context, counts, n);
        boolean midway = false;
        boolean whole = true;
        Instant from = Instant.parse(mark);
        for (Optional<String> folder : folders) {
            String in = folder.orElse("");
            Changes albums = changed("albums", in, n, since, from,
                    cursor -> server.albumsChangedSince(folder, since, cursor, SyncContext.PAGE), RemoteAlbum::id, LeftPage::key,
                    (connection, items, asked) -> new AlbumWriter(connection, account, n, in).write(named.albums(items), asked), known);
            Changes tracks = changed("tracks", in, n, since, albums.mark,
                    cursor -> server.tracksChangedSince(folder, since, cursor, SyncContext.PAGE), RemoteTrack::id, LeftPage::key,
                    (connection, items, asked) -> new TrackWriter(connection, account, n, in).write(named.tracks(items), asked), known);
            midway |= albums.midway || tracks.midway;
            whole &= albums.whole && tracks.whole;
            from = tracks.mark;
        }
        named.ask(known.added() > 0, midway, folders);
        playlists.run(false);
        userData.run(Optional.of(since));
        boolean believed = vanished.mark(removed);
        playlists.removed(removed);
        sweep.figures();
        if (!believed || !whole || !fits(n, folders)) return true;
        context.save(SyncStep.fresh(SyncStep.SINCE, n).watermark(from.toString(), true));
        return false;
    }

    /// @param midway it went on in the middle
    /// @param whole all that the server counts came, but for what it never delivers
    /// @param mark up to when all that changed came, if this and what was read before it did
    private record Changes(boolean midway, boolean whole, Instant mark) {}

    /// Reads what changed of one kind in a library; once more where fewer distinct items came than the server counts.
    private <T> Changes changed(String kind, String folder, long pass, Instant since, Instant mark, SyncContext.Fetch<T> fetch,
            Function<T, String> id, Function<T, String> key, SyncContext.Write<T> write, SyncContext.Counts known) {
        String scope = kind + "-changed/" + folder;
        SyncStep start = begun(context.load(scope, pass), since).flatMap(step -> context.inPlace(step, fetch, key))
                .orElseGet(() -> SyncStep.fresh(scope, pass).watermark(since + UNTIL + mark, false));
        // What changed since the list was begun may stand before the place it goes on from.
        Instant until = Instant.parse(String.valueOf(start.watermark()).substring((since + UNTIL).length()));
        Set<String> ids = new HashSet<>();
        // Seen is here what came of this list: the pass has met most of it already.
        SyncContext.Write<T> counting = (connection, items, asked) -> {
            Tally tally = write.write(connection, items, asked);
            int before = ids.size();
            items.forEach(item -> ids.add(id.apply(item)));
            return new Tally(tally.added(), tally.updated(), ids.size() - before);
        };
        var mine = new SyncContext.Counts();
        SyncStep end = context.walk(start, kind, fetch, key, counting, mine);
        SyncStep all = context.load(kind + "/" + folder, pass);
        if (end.shortBy() > all.shortBy()) {
            LOG.info("changed {} of account {}: {} distinct of {} came, reading again", kind, context.account(), end.seen(), end.total());
            end = context.walk(context.save(end.again()), kind, fetch, key, counting, mine);
        }
        Tally tally = new Tally((int) mine.added(), (int) mine.updated(), 0);
        counts.add(tally);
        known.add(tally);
        return new Changes(!start.cursor().isEmpty(), end.shortBy() <= all.shortBy(), until.isBefore(mark) ? until : mark);
    }

    /// A list of what changed since then that was broken off.
    private static Optional<SyncStep> begun(SyncStep step, Instant since) {
        boolean goesOn = !step.complete() && !step.cursor().isEmpty() && String.valueOf(step.watermark()).startsWith(since + UNTIL);
        return goesOn ? Optional.of(step) : Optional.empty();
    }

    /// Whether the server has as many tracks as we know, allowing for those that it counts and never delivers.
    private boolean fits(long pass, List<Optional<String>> folders) {
        long told = 0;
        long never = 0;
        for (Optional<String> folder : folders) {
            Page<?> page = context.server().tracks(folder, Page.FIRST, 1);
            if (page.total().isEmpty()) return true;
            told += page.total().getAsLong();
            SyncStep step = context.load("tracks/" + folder.orElse(""), pass);
            // More than it counts were met where some left it while it was read: they are here, and do not fit.
            never += step.total() < 0 ? 0 : Math.max(0, step.total() - step.seen());
        }
        long here = context.read(sql -> Tables.known(sql, TRACK, TRACK.ACCOUNT_ID, TRACK.GONE_AT, context.account()))
                - new HeldSweeps(context.rows()).knownMissing();
        if (told - never == here) return true;
        LOG.info("account {}: the server has {} tracks, {} are known here: reading everything", context.account(), told - never, here);
        return false;
    }
}
