package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.ARTIST;
import static app.waxwing.store.schema.Tables.TRACK;
import static org.jooq.impl.DSL.count;

import app.waxwing.server.ItemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// After a complete pass: what neither it nor the complete pass before it met is marked gone. Where that is suspiciously much, or a whole
/// library, it is held and the user is asked ([HeldSweeps]).
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    /// So many items, or so large a part, go without a question; more of both is held: a server that lost a disk is no wish to forget.
    /// All there is of a library, however little, is held too.
    static final int SILENTLY = 50;
    static final double PART = 0.05;
    private final SyncContext context;
    private final SyncContext.Counts counts;
    private final GoneRows gone;
    private final HeldSweeps questions;

    Sweep(SyncContext context, SyncContext.Counts counts) {
        this.context = context;
        this.counts = counts;
        gone = new GoneRows(context.rows());
        questions = new HeldSweeps(context.rows());
    }

    /// The complete pass before this one, which is now the last: 0 when there is none, and then nothing counts as missed twice.
    private long before(String kind, long pass) {
        String scope = "whole/" + kind;
        long before = context.read(sql -> SyncStep.load(sql, context.account(), scope)).map(SyncStep::pass).orElse(0L);
        if (before != pass) context.save(SyncStep.fresh(scope, pass));
        return before == pass ? 0 : before;
    }

    void tracks(long pass) {
        long before = before("tracks", pass);
        Map<String, List<Long>> missing = context.read(sql -> sql.select(TRACK.FOLDER_ITEM_ID, TRACK.ID).from(TRACK)
                .where(TRACK.ACCOUNT_ID.eq(context.account()), TRACK.GONE_AT.isNull(), TRACK.SEEN_PASS.lt(before))
                .fetchGroups(TRACK.FOLDER_ITEM_ID, TRACK.ID));
        Map<String, Integer> known = context.read(sql -> sql.select(TRACK.FOLDER_ITEM_ID, count()).from(TRACK)
                .where(TRACK.ACCOUNT_ID.eq(context.account()), TRACK.GONE_AT.isNull()).groupBy(TRACK.FOLDER_ITEM_ID)
                .fetchMap(TRACK.FOLDER_ITEM_ID, count()));
        counts.removed(gone.tracks(allowed(ItemKind.TRACK, missing, known, before)));
    }

    void albums(long pass) {
        long before = before("albums", pass);
        Map<String, List<Long>> missing = context.read(sql -> sql.select(ALBUM.FOLDER_ITEM_ID, ALBUM.ID).from(ALBUM)
                .where(ALBUM.ACCOUNT_ID.eq(context.account()), ALBUM.GONE_AT.isNull(), ALBUM.SEEN_PASS.lt(before))
                .fetchGroups(ALBUM.FOLDER_ITEM_ID, ALBUM.ID));
        Map<String, Integer> known = context.read(sql -> sql.select(ALBUM.FOLDER_ITEM_ID, count()).from(ALBUM)
                .where(ALBUM.ACCOUNT_ID.eq(context.account()), ALBUM.GONE_AT.isNull()).groupBy(ALBUM.FOLDER_ITEM_ID)
                .fetchMap(ALBUM.FOLDER_ITEM_ID, count()));
        counts.removed(gone.albums(allowed(ItemKind.ALBUM, missing, known, before)));
    }

    /// Artists belong to the server, not to one of its libraries.
    void artists(long pass) {
        long before = before("artists", pass);
        List<Long> missing = gone.unnamedArtists(before);
        int known = context.read(sql -> sql.fetchCount(ARTIST, ARTIST.ACCOUNT_ID.eq(context.account()), ARTIST.GONE_AT.isNull()));
        counts.removed(
                gone.artists(allowed(ItemKind.ARTIST, missing.isEmpty() ? Map.of() : Map.of("", missing), Map.of("", known), before)));
    }

    /// Then what has no track any more goes, whatever a pass met: a tag was corrected, or a folder has another name. It is no loss, so nobody is asked.
    void figures() {
        counts.removed(gone.albums(gone.emptyAlbums()));
        counts.add(new ArtistFigures(context.rows()).refresh());
        counts.removed(gone.artists(gone.emptyArtists()));
    }

    /// Rows that may go without a question. What is held becomes one; a question whose items the server lists again is withdrawn.
    private List<Long> allowed(ItemKind kind, Map<String, List<Long>> missing, Map<String, Integer> known, long before) {
        Map<String, Integer> counted = new TreeMap<>();
        missing.forEach((folder, rows) -> counted.put(folder, rows.size()));
        Set<String> held = new TreeSet<>(held(counted, known));
        // Albums are no loss of their own beside their tracks.
        if (kind == ItemKind.ALBUM) questions.about(ItemKind.TRACK).stream().filter(counted::containsKey).forEach(held::add);
        List<Long> free = new ArrayList<>();
        missing.forEach((folder, rows) -> {
            if (!held.contains(folder)) {
                free.addAll(rows);
                return;
            }
            LOG.warn("account {}: the server no longer lists {} of {} {}s of library «{}»; the user is asked", context.account(),
                    rows.size(),
                    known.get(folder), kind.word(), folder);
            questions.ask(kind, folder, rows.size(), known.getOrDefault(folder, rows.size()), before);
        });
        questions.withdraw(kind, held);
        return free;
    }

    /// So much that the user is asked.
    static boolean much(long missing, long known) {
        return missing > SILENTLY && missing > known * PART;
    }

    /// The libraries of which nothing is marked: all that miss something when the pass misses much, else those that are missing as a whole.
    ///
    /// @param missing how many a library misses, those that miss none left out
    /// @param known how many it had
    static Set<String> held(Map<String, Integer> missing, Map<String, Integer> known) {
        long all = known.values().stream().mapToLong(n -> n).sum();
        long lost = missing.values().stream().mapToLong(n -> n).sum();
        if (much(lost, all)) return Set.copyOf(missing.keySet());
        Set<String> whole = new TreeSet<>();
        missing.forEach((folder, n) -> {
            // Items of which no library is known are no library of their own beside others.
            boolean library = !folder.isEmpty() || known.size() == 1;
            if (library && n > 0 && n.equals(known.get(folder))) whole.add(folder);
        });
        return whole;
    }
}
