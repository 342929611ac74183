package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.ARTIST;
import static app.waxwing.store.schema.Tables.LIBRARY_FOLDER;
import static app.waxwing.store.schema.Tables.PLAYLIST;
import static app.waxwing.store.schema.Tables.TRACK;

import app.waxwing.server.ItemKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;

/// The answers «They are gone» of one account, so that they can be taken back while their items are here: thirty days. All items of an answer are
/// marked with one time, which no other item has; by it they are found again, and nothing else is. The question stands again then. One step of
/// `sync_state` for each kind that a question asked about, of the newest answer about a library.
final class GoneAnswers {
    private static final String SCOPE = "gone/";
    private final AccountRows rows;
    private final long account;

    GoneAnswers(AccountRows rows) {
        this.rows = rows;
        account = rows.account();
    }

    private static String scope(String folder, ItemKind kind) {
        return SCOPE + kind.word() + "/" + folder;
    }

    private static String folder(SyncStep step) {
        return step.scope().substring(step.scope().indexOf('/', SCOPE.length()) + 1);
    }

    private static ItemKind kind(SyncStep step) {
        return ItemKind.of(step.scope().substring(SCOPE.length(), step.scope().indexOf('/', SCOPE.length())));
    }

    private static long at(SyncStep step) {
        return Long.parseLong(step.cursor());
    }

    /// Those of all accounts that can be taken back, the newest first.
    static List<LibrarySync.Answered> all(DSLContext sql) {
        return SyncStep.under(sql, SCOPE).entrySet().stream()
                .flatMap(e -> e.getValue().stream().filter(SyncStep::complete)
                        .map(step -> new LibrarySync.Answered(e.getKey(), folder(step),
                                title(sql, e.getKey(), folder(step)), Instant.ofEpochMilli(at(step)))))
                .distinct().sorted(Comparator.comparing(LibrarySync.Answered::at).reversed()).toList();
    }

    private static String title(DSLContext sql, long account, String folder) {
        return sql.select(LIBRARY_FOLDER.TITLE).from(LIBRARY_FOLDER)
                .where(LIBRARY_FOLDER.ACCOUNT_ID.eq(account), LIBRARY_FOLDER.ITEM_ID.eq(folder)).fetchOptional(LIBRARY_FOLDER.TITLE)
                .orElse("");
    }

    private List<SyncStep> of(DSLContext sql, String folder) {
        return SyncStep.under(sql, SCOPE).getOrDefault(account, List.of()).stream().filter(step -> folder(step).equals(folder)).toList();
    }

    /// Before the first item is marked. An answer to these questions that was broken off goes on with the time that it began with; one to an earlier
    /// question lends it to nobody, for its thirty days may be over.
    ///
    /// @return the time to mark all of them with, in milliseconds
    long begin(String folder, List<HeldSweeps.Question> asked) {
        return rows.write(sql -> {
            List<SyncStep> before = of(sql, folder);
            long at = before.stream().filter(step -> !step.complete() && answers(step, asked)).findFirst().map(GoneAnswers::at)
                    .orElseGet(() -> unused(sql));
            for (SyncStep step : before) if (at(step) != at) SyncStep.forget(sql, account, step.scope());
            for (HeldSweeps.Question q : asked) {
                new SyncStep(scope(folder, q.kind()), q.before(), String.valueOf(at), q.missing(), 0, q.known(), false,
                        q.since().toString())
                        .save(sql, account, rows.time().now());
            }
            return at;
        });
    }

    private static boolean answers(SyncStep step, List<HeldSweeps.Question> asked) {
        return asked.stream().anyMatch(q -> q.kind() == kind(step) && q.since().toString().equals(step.watermark()));
    }

    /// A time just before now, so that what is marked from now on has another one.
    private long unused(DSLContext sql) {
        long at = rows.time().now().toEpochMilli() - 1;
        while (sql.fetchExists(TRACK, TRACK.ACCOUNT_ID.eq(account), TRACK.GONE_AT.eq(at))
                || sql.fetchExists(ALBUM, ALBUM.ACCOUNT_ID.eq(account), ALBUM.GONE_AT.eq(at))
                || sql.fetchExists(ARTIST, ARTIST.ACCOUNT_ID.eq(account), ARTIST.GONE_AT.eq(at))
                || sql.fetchExists(PLAYLIST, PLAYLIST.ACCOUNT_ID.eq(account), PLAYLIST.GONE_AT.eq(at)))
            at--;
        return at;
    }

    /// All of them are marked; in the transaction in which the question ends.
    void done(DSLContext sql, String folder) {
        for (SyncStep step : of(sql, folder)) step.watermark(String.valueOf(step.watermark()), true).save(sql, account, rows.time().now());
    }

    /// Brings back what the newest answer about a library marked and the server has not listed again since, and asks again; nothing is asked about
    /// a library that was left out.
    ///
    /// @return how many items are back
    int takeBack(String folder) {
        List<SyncStep> steps = rows.read(sql -> of(sql, folder));
        if (steps.isEmpty()) return 0;
        boolean leftOut = rows.read(sql -> sql.fetchExists(LIBRARY_FOLDER, LIBRARY_FOLDER.ACCOUNT_ID.eq(account),
                LIBRARY_FOLDER.ITEM_ID.eq(folder), LIBRARY_FOLDER.IS_SYNCED.isFalse()));
        Map<ItemKind, Integer> back = new GoneRows(rows).back(at(steps.getFirst()), leftOut);
        new ArtistFigures(rows).refresh();
        int items = back.values().stream().mapToInt(n -> n).sum();
        rows.write(sql -> {
            for (SyncStep step : steps) {
                if (!leftOut && back.getOrDefault(kind(step), 0) > 0) {
                    HeldSweeps.askAgain(sql, account, new HeldSweeps.Question(kind(step), folder, step.pass(), step.seen(), step.total(),
                            Instant.parse(String.valueOf(step.watermark()))));
                }
                SyncStep.forget(sql, account, step.scope());
            }
            return items;
        });
        return items;
    }
}
