package app.waxwing.download;

import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.ARTIST;
import static app.waxwing.store.schema.Tables.KEEP_REASON;
import static app.waxwing.store.schema.Tables.KEPT_COLLECTION;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.PLAYLIST;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;

import app.waxwing.base.ItemKey;
import app.waxwing.download.KeepSet.Holder;
import app.waxwing.download.KeepSet.Source;
import app.waxwing.server.ItemKind;
import app.waxwing.store.ActiveAccounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SelectJoinStep;
import org.jooq.SelectOnConditionStep;

/// What keeps files of the active accounts here, and how much each of it takes.
final class SourceRows {
    private static final int CHUNK = 400;
    private final Rows rows;

    SourceRows(Rows rows) {
        this.rows = rows;
    }

    /// Collections by size, then single tracks as one per account. A track that two of them keep counts in both.
    CompletableFuture<List<Source>> all() {
        return rows.read(sql -> {
            List<Source> sources = new ArrayList<>();
            for (Record r : collections(sql)) sources.add(source(r, Optional.of(r.get(KEEP_REASON.SOURCE_ITEM_ID))));
            for (Record r : empty(sql)) sources.add(source(r, Optional.of(r.get(KEPT_COLLECTION.SOURCE_ITEM_ID))));
            for (Record r : singles(sql)) sources.add(source(r, Optional.empty()));
            return List.copyOf(sources);
        });
    }

    CompletableFuture<Map<ItemKey, List<String>>> playlists(Collection<ItemKey> tracks) {
        Map<Long, List<String>> byAccount = new HashMap<>();
        for (ItemKey track : Set.copyOf(tracks)) byAccount.computeIfAbsent(track.account(), a -> new ArrayList<>()).add(track.id());
        return rows.read(sql -> {
            Map<ItemKey, List<String>> titles = new HashMap<>();
            byAccount.forEach((account, items) -> {
                for (int at = 0; at < items.size(); at += CHUNK) {
                    playlists(sql, account, items.subList(at, Math.min(items.size(), at + CHUNK))).forEach(r -> titles
                            .computeIfAbsent(new ItemKey(account, r.get(KEEP_REASON.TRACK_ITEM_ID)), t -> new ArrayList<>())
                            .add(r.get("title", String.class)));
                }
            });
            return titles;
        });
    }

    /// What keeps tracks: collections by title, then the wish for the track itself.
    CompletableFuture<Map<ItemKey, List<Holder>>> holders(Collection<ItemKey> tracks) {
        Map<Long, List<String>> byAccount = new HashMap<>();
        for (ItemKey track : Set.copyOf(tracks)) byAccount.computeIfAbsent(track.account(), a -> new ArrayList<>()).add(track.id());
        return rows.read(sql -> {
            Map<ItemKey, List<Holder>> holders = new HashMap<>();
            byAccount.forEach((account, items) -> {
                for (int at = 0; at < items.size(); at += CHUNK) {
                    var title = coalesce(PLAYLIST.TITLE, ALBUM.TITLE, ARTIST.NAME, inline(""));
                    titled(sql.select(KEEP_REASON.ACCOUNT_ID, KEEP_REASON.TRACK_ITEM_ID, KEEP_REASON.KIND, KEEP_REASON.SOURCE_ITEM_ID,
                            title.as("title")).from(KEEP_REASON))
                            .where(KEEP_REASON.ACCOUNT_ID.eq(account), KEEP_REASON.TRACK_ITEM_ID
                                    .in(items.subList(at, Math.min(items.size(), at + CHUNK))))
                            .orderBy(KEEP_REASON.KIND.eq(inline("user")), title)
                            .forEach(r -> holders
                                    .computeIfAbsent(new ItemKey(account, r.get(KEEP_REASON.TRACK_ITEM_ID)), t -> new ArrayList<>())
                                    .add(new Holder(kind(r), new ItemKey(account, r.get(KEEP_REASON.SOURCE_ITEM_ID)),
                                            r.get("title", String.class))));
                }
            });
            return holders;
        });
    }

    /// With the rows of the collections that reasons name.
    private static <R extends Record> SelectOnConditionStep<R> titled(SelectJoinStep<R> reasons) {
        return reasons.leftJoin(PLAYLIST).on(KEEP_REASON.KIND.eq(inline("playlist")), PLAYLIST.ACCOUNT_ID.eq(KEEP_REASON.ACCOUNT_ID),
                PLAYLIST.ITEM_ID.eq(KEEP_REASON.SOURCE_ITEM_ID))
                .leftJoin(ALBUM).on(KEEP_REASON.KIND.eq(inline("album")), ALBUM.ACCOUNT_ID.eq(KEEP_REASON.ACCOUNT_ID),
                        ALBUM.ITEM_ID.eq(KEEP_REASON.SOURCE_ITEM_ID))
                .leftJoin(ARTIST).on(KEEP_REASON.KIND.eq(inline("artist")), ARTIST.ACCOUNT_ID.eq(KEEP_REASON.ACCOUNT_ID),
                        ARTIST.ITEM_ID.eq(KEEP_REASON.SOURCE_ITEM_ID));
    }

    private static Result<? extends Record> playlists(DSLContext sql, long account, List<String> items) {
        var title = coalesce(PLAYLIST.TITLE, inline(""));
        return sql.select(KEEP_REASON.TRACK_ITEM_ID, title.as("title")).from(KEEP_REASON)
                .leftJoin(PLAYLIST).on(PLAYLIST.ACCOUNT_ID.eq(KEEP_REASON.ACCOUNT_ID), PLAYLIST.ITEM_ID.eq(KEEP_REASON.SOURCE_ITEM_ID))
                .where(KEEP_REASON.ACCOUNT_ID.eq(account), KEEP_REASON.TRACK_ITEM_ID.in(items), KEEP_REASON.KIND.eq(inline("playlist")))
                .orderBy(title).fetch();
    }

    private static Result<? extends Record> collections(DSLContext sql) {
        var title = coalesce(PLAYLIST.TITLE, ALBUM.TITLE, ARTIST.NAME, inline(""));
        var detail = coalesce(ALBUM.ARTIST_NAME, inline(""));
        var bytes = coalesce(sum(MEDIA_FILE.SIZE), inline(BigDecimal.ZERO));
        return titled(sql.select(KEEP_REASON.ACCOUNT_ID, KEEP_REASON.KIND, KEEP_REASON.SOURCE_ITEM_ID, title.as("title"),
                detail.as("detail"), count().as("tracks"), count(MEDIA_FILE.ID).as("here"), bytes.as("bytes"))
                .from(KEEP_REASON)
                .leftJoin(MEDIA_FILE).on(MEDIA_FILE.ACCOUNT_ID.eq(KEEP_REASON.ACCOUNT_ID),
                        MEDIA_FILE.ITEM_ID.eq(KEEP_REASON.TRACK_ITEM_ID), MEDIA_FILE.IS_PINNED.isTrue()))
                .where(ActiveAccounts.own(KEEP_REASON.ACCOUNT_ID),
                        KEEP_REASON.KIND.in(inline("playlist"), inline("album"), inline("artist")))
                .groupBy(KEEP_REASON.ACCOUNT_ID, KEEP_REASON.KIND, KEEP_REASON.SOURCE_ITEM_ID)
                .orderBy(bytes.desc(), title).fetch();
    }

    /// Followed collections that are no reason for any track (yet).
    private static Result<? extends Record> empty(DSLContext sql) {
        var c = KEPT_COLLECTION;
        var title = coalesce(PLAYLIST.TITLE, ALBUM.TITLE, ARTIST.NAME, inline(""));
        return sql.select(c.ACCOUNT_ID, c.KIND, c.SOURCE_ITEM_ID, title.as("title"),
                coalesce(ALBUM.ARTIST_NAME, inline("")).as("detail"), inline(0).as("tracks"), inline(0).as("here"), inline(0L).as("bytes"))
                .from(c)
                .leftJoin(PLAYLIST).on(c.KIND.eq(inline("playlist")), PLAYLIST.ACCOUNT_ID.eq(c.ACCOUNT_ID),
                        PLAYLIST.ITEM_ID.eq(c.SOURCE_ITEM_ID))
                .leftJoin(ALBUM).on(c.KIND.eq(inline("album")), ALBUM.ACCOUNT_ID.eq(c.ACCOUNT_ID), ALBUM.ITEM_ID.eq(c.SOURCE_ITEM_ID))
                .leftJoin(ARTIST).on(c.KIND.eq(inline("artist")), ARTIST.ACCOUNT_ID.eq(c.ACCOUNT_ID), ARTIST.ITEM_ID.eq(c.SOURCE_ITEM_ID))
                .where(ActiveAccounts.own(c.ACCOUNT_ID), notExists(selectOne().from(KEEP_REASON).where(
                        KEEP_REASON.ACCOUNT_ID.eq(c.ACCOUNT_ID), KEEP_REASON.SOURCE_ITEM_ID.eq(c.SOURCE_ITEM_ID),
                        KEEP_REASON.KIND.eq(c.KIND))))
                .orderBy(title).fetch();
    }

    private static Result<? extends Record> singles(DSLContext sql) {
        var bytes = coalesce(sum(MEDIA_FILE.SIZE), inline(BigDecimal.ZERO));
        return sql.select(KEEP_REASON.ACCOUNT_ID, KEEP_REASON.KIND, inline("").as("title"), inline("").as("detail"),
                count().as("tracks"), count(MEDIA_FILE.ID).as("here"), bytes.as("bytes"))
                .from(KEEP_REASON)
                .leftJoin(MEDIA_FILE).on(MEDIA_FILE.ACCOUNT_ID.eq(KEEP_REASON.ACCOUNT_ID),
                        MEDIA_FILE.ITEM_ID.eq(KEEP_REASON.TRACK_ITEM_ID), MEDIA_FILE.IS_PINNED.isTrue())
                .where(ActiveAccounts.own(KEEP_REASON.ACCOUNT_ID), KEEP_REASON.KIND.eq(inline("user")))
                .groupBy(KEEP_REASON.ACCOUNT_ID, KEEP_REASON.KIND).fetch();
    }

    private static Source source(Record r, Optional<String> id) {
        long account = r.get("account_id", Long.class);
        return new Source(account, kind(r), id.map(i -> new ItemKey(account, i)), r.get("title", String.class),
                r.get("detail", String.class),
                r.get("tracks", Integer.class), r.get("here", Integer.class), r.get("bytes", Long.class));
    }

    private static ItemKind kind(Record r) {
        return switch (r.get("kind", String.class)) {
            case "playlist" -> ItemKind.PLAYLIST;
            case "album" -> ItemKind.ALBUM;
            case "artist" -> ItemKind.ARTIST;
            default -> ItemKind.TRACK;
        };
    }
}
