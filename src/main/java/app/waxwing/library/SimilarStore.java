package app.waxwing.library;

import static app.waxwing.store.schema.Tables.PLAY_HISTORY;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.TRACK_ARTIST;
import static app.waxwing.store.schema.Tables.TRACK_GENRE;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import app.waxwing.account.Accounts;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Time;
import app.waxwing.server.MediaServer;
import app.waxwing.server.RemoteTrack;
import app.waxwing.store.Database;
import app.waxwing.store.ReadThrough;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What goes with an item (requirement C.3 8): from plays here and from what its server finds alike, worked out once and believed for twelve hours.
final class SimilarStore {
    private static final Logger LOG = LoggerFactory.getLogger(SimilarStore.class);
    private static final ReadThrough.Rule RULE = new ReadThrough.Rule("similar", Duration.ofHours(12), 200, 10_000_000);
    private static final int MOST = 60;
    private static final int SEEDS = 200;
    private static final int PLAYS = 500;
    private static final Duration TOGETHER = Duration.ofHours(1);
    private final Database database;
    private final Accounts accounts;
    private final RandomGenerator random;
    private final ReadThrough<List<String>> cache;

    SimilarStore(Database database, Accounts accounts, Executor io, Time time, RandomGenerator random) {
        this.database = database;
        this.accounts = accounts;
        this.random = random;
        cache = new ReadThrough<>(database, RULE, new Ids(), io, time);
    }

    /// Ids, each on a line of its own.
    private static final class Ids implements ReadThrough.Form<List<String>> {
        @Override
        public String write(List<String> value) {
            return String.join("\n", value);
        }

        @Override
        public List<String> read(String text) {
            return text.lines().toList();
        }
    }

    CompletableFuture<List<Track>> similar(ItemKey item, int limit) {
        return cache.get(item, accounts.reachability().online(item.account()), this::find)
                .thenCompose(ids -> database.read(sql -> tracks(sql, item.account(),
                        ids.map(found -> listed(sql, item.account(), found)).orElseGet(() -> here(sql, item)), limit)));
    }

    /// What is likely to be asked for and is not here, or no longer fresh, of servers that can be asked; the likeliest first.
    List<ItemKey> wanted(int limit) {
        Set<ItemKey> likely = database.readNow(LikelyItems::read);
        return cache.stale(likely.stream().filter(i -> accounts.reachability().online(i.account())).toList()).stream().limit(limit)
                .toList();
    }

    /// Works it out without anybody waiting; false when the server gave no answer. Not counted as an ask of the user's.
    CompletableFuture<Boolean> ahead(ItemKey item) {
        return accounts.reachability().online(item.account()) ? cache.ahead(item, this::find) : CompletableFuture.completedFuture(false);
    }

    CompletableFuture<List<Track>> mix(ItemKey item, int limit) {
        return similar(item, MOST).thenCompose(alike -> database.read(sql -> {
            List<Track> own = new ArrayList<>(tracks(sql, item.account(), seeds(sql, item), SEEDS));
            Collections.shuffle(own, random);
            List<Track> others = new ArrayList<>(alike);
            Collections.shuffle(others, random);
            List<Track> mixed = new ArrayList<>();
            // One of its own after every two others; it begins with one of its own.
            for (int i = 0; mixed.size() < limit && !(own.isEmpty() && others.isEmpty()); i++) {
                boolean mine = others.isEmpty() || (i % 3 == 0 && !own.isEmpty());
                mixed.add(mine ? own.removeLast() : others.removeLast());
            }
            return mixed;
        }));
    }

    /// On thread `io-*`. A server that knows nothing like it, or may not say, leaves what is known here; one that is away or fails is an error.
    private List<String> find(ItemKey item) {
        List<String> told = accounts.server(item.account()).similarity().map(s -> ask(s, item)).orElse(List.of());
        return database.readNow(sql -> {
            List<String> here = here(sql, item);
            Set<String> own = Set.copyOf(seeds(sql, item));
            var all = new LinkedHashSet<String>();
            for (int i = 0; i < Math.max(told.size(), here.size()); i++) {
                if (i < here.size()) all.add(here.get(i));
                if (i < told.size()) all.add(told.get(i));
            }
            all.removeAll(own);
            all.remove(item.id());
            return all.stream().limit(MOST).toList();
        });
    }

    /// Servers answer «similar» with items of the same kind; for a collection it is the mix that holds tracks. Trouble is no answer: it is thrown, so
    /// that what is here stays.
    private List<String> ask(MediaServer.Similarity server, ItemKey item) {
        boolean track = database.readNow(sql -> sql.fetchExists(TRACK, TRACK.ACCOUNT_ID.eq(item.account()), TRACK.ITEM_ID.eq(item.id())));
        try {
            List<RemoteTrack> found = track ? server.similar(item.id(), MOST) : server.mix(item.id(), MOST);
            return found.stream().map(RemoteTrack::id).toList();
        } catch (FailureException e) {
            boolean answer = e.failure() instanceof Failure.NotFound || e.failure() instanceof Failure.NotPermitted no && !no.everything();
            if (!answer) throw e;
            LOG.info("nothing like {} from its server: {}", item, e.getMessage());
            return List.of();
        }
    }

    private static List<Track> tracks(DSLContext sql, long account, List<String> ids, int limit) {
        return TrackTable.byKey(sql, ids.stream().map(id -> new ItemKey(account, id)).toList()).stream()
                .filter(t -> t.availability() != Availability.GONE).limit(limit).toList();
    }

    /// Those that lie in no library that was left out, in their order. What was found may be older than that.
    private static List<String> listed(DSLContext sql, long account, Collection<String> ids) {
        Set<String> hidden = sql.select(TRACK.ITEM_ID).from(TRACK)
                .where(TRACK.ACCOUNT_ID.eq(account), TRACK.ITEM_ID.in(ids), TRACK.GONE_AT.eq(FolderChoice.HIDDEN)).fetchSet(TRACK.ITEM_ID);
        return ids.stream().filter(id -> !hidden.contains(id)).toList();
    }

    private static List<String> seeds(DSLContext sql, ItemKey item) {
        if (sql.fetchExists(TRACK, TRACK.ACCOUNT_ID.eq(item.account()), TRACK.ITEM_ID.eq(item.id()))) return List.of(item.id());
        Query.Within where = AlbumTable.find(sql, item).isPresent()
                ? new Query.Within.InAlbum(item)
                : ArtistTable.find(sql, item).isPresent()
                        ? new Query.Within.ByArtist(item)
                        : PlaylistTable.find(sql, item).isPresent() ? new Query.Within.InPlaylist(item) : new Query.Within.InGenre(item);
        long[] rows = TrackTable.rows(sql, Query.ALL.within(where).slice(0, SEEDS), new java.util.Random(0));
        return sql.select(TRACK.ITEM_ID).from(TRACK).where(TRACK.ID.in(Tables.boxed(rows, 0, rows.length))).fetch(TRACK.ITEM_ID);
    }

    /// Heard within an hour of it, most often first; then what is played most of its genres; then others of its genres, and of its artists.
    private static List<String> here(DSLContext sql, ItemKey item) {
        List<String> seeds = seeds(sql, item);
        if (seeds.isEmpty()) return List.of();
        var found = new LinkedHashSet<>(together(sql, item.account(), seeds));
        if (found.size() < MOST) found.addAll(sameGenre(sql, item.account(), seeds, true));
        if (found.size() < MOST) found.addAll(sameGenre(sql, item.account(), seeds, false));
        if (found.size() < MOST) found.addAll(sameArtist(sql, item.account(), seeds));
        seeds.forEach(found::remove);
        return listed(sql, item.account(), found).stream().limit(MOST).toList();
    }

    private static List<String> together(DSLContext sql, long account, List<String> seeds) {
        var one = PLAY_HISTORY.as("one");
        var other = PLAY_HISTORY.as("other");
        var of = select(one.PLAYED_AT).from(one)
                .where(one.ACCOUNT_ID.eq(account), one.TRACK_ITEM_ID.in(seeds), one.DELETED_AT.isNull()).orderBy(one.PLAYED_AT.desc())
                .limit(PLAYS)
                .asTable("seed");
        var at = of.field(one.PLAYED_AT);
        if (at == null) throw new IllegalStateException("the column was selected");
        return sql.select(other.TRACK_ITEM_ID).from(of).crossJoin(other)
                .where(other.PLAYED_AT.between(at.minus(TOGETHER.toMillis()), at.plus(TOGETHER.toMillis())), other.DELETED_AT.isNull(),
                        other.ACCOUNT_ID.eq(account), other.IS_COUNTED.isTrue())
                .groupBy(other.TRACK_ITEM_ID).orderBy(count().desc(), other.TRACK_ITEM_ID).limit(MOST).fetch(other.TRACK_ITEM_ID);
    }

    private static List<String> sameGenre(DSLContext sql, long account, List<String> seeds, boolean played) {
        List<Long> genres = sql.select(TRACK_GENRE.GENRE_ID).from(TRACK_GENRE)
                .where(TRACK_GENRE.ACCOUNT_ID.eq(account), TRACK_GENRE.TRACK_ITEM_ID.in(seeds)).groupBy(TRACK_GENRE.GENRE_ID)
                .orderBy(count().desc()).limit(3).fetch(TRACK_GENRE.GENRE_ID);
        if (genres.isEmpty()) return List.of();
        if (!played) {
            return sql.select(TRACK_GENRE.TRACK_ITEM_ID).from(TRACK_GENRE).where(TRACK_GENRE.GENRE_ID.eq(genres.getFirst()),
                    TRACK_GENRE.ACCOUNT_ID.eq(account)).limit(MOST + seeds.size()).fetch(TRACK_GENRE.TRACK_ITEM_ID);
        }
        Set<String> most = sql.select(USER_DATA.ITEM_ID).from(USER_DATA)
                .where(USER_DATA.KIND.eq(inline("track")), USER_DATA.PLAY_COUNT_SHOWN.gt(inline(0L)), USER_DATA.ACCOUNT_ID.eq(account))
                .orderBy(USER_DATA.PLAY_COUNT_SHOWN.desc()).limit(PLAYS).fetch(USER_DATA.ITEM_ID).stream()
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> fits = Set.copyOf(sql.select(TRACK_GENRE.TRACK_ITEM_ID).from(TRACK_GENRE).where(TRACK_GENRE.ACCOUNT_ID.eq(account),
                TRACK_GENRE.TRACK_ITEM_ID.in(most), TRACK_GENRE.GENRE_ID.in(genres)).fetch(TRACK_GENRE.TRACK_ITEM_ID));
        return most.stream().filter(fits::contains).toList();
    }

    private static List<String> sameArtist(DSLContext sql, long account, List<String> seeds) {
        List<String> artists = sql.select(TRACK_ARTIST.ARTIST_ITEM_ID).from(TRACK_ARTIST)
                .where(TRACK_ARTIST.ACCOUNT_ID.eq(account), TRACK_ARTIST.TRACK_ITEM_ID.in(seeds)).groupBy(TRACK_ARTIST.ARTIST_ITEM_ID)
                .orderBy(count().desc(), TRACK_ARTIST.ARTIST_ITEM_ID).limit(3).fetch(TRACK_ARTIST.ARTIST_ITEM_ID);
        return sql.selectDistinct(TRACK_ARTIST.TRACK_ITEM_ID).from(TRACK_ARTIST)
                .where(TRACK_ARTIST.ACCOUNT_ID.eq(account), TRACK_ARTIST.ARTIST_ITEM_ID.in(artists)).limit(MOST + seeds.size())
                .fetch(TRACK_ARTIST.TRACK_ITEM_ID);
    }
}
