package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.ARTIST;
import static app.waxwing.store.schema.Tables.HELD_SWEEP;
import static app.waxwing.store.schema.Tables.LIBRARY_FOLDER;
import static app.waxwing.store.schema.Tables.PLAYLIST;
import static app.waxwing.store.schema.Tables.TRACK;

import app.waxwing.server.ItemKind;
import app.waxwing.store.Audit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;

/// What passes did not dare to mark as gone: questions of an account to its user. One stands until it is answered or the server lists the items
/// again, over any number of restarts.
final class HeldSweeps {
    /// The `seen_pass` of what the user wants to keep although its server does not list it: no pass misses it.
    static final long KEPT = Long.MAX_VALUE;
    private final AccountRows rows;
    private final long account;

    /// @param before what no pass from this one on has met is meant
    record Question(ItemKind kind, String folder, long before, long missing, long known, Instant since) {
        /// With what an older one is about, whose answer was taken back.
        private Question and(Question older) {
            if (since.equals(older.since)) return this;
            return new Question(kind, folder, Math.max(before, older.before), missing + older.missing, known + older.missing, since);
        }
    }

    HeldSweeps(AccountRows rows) {
        this.rows = rows;
        account = rows.account();
    }

    /// All questions of all accounts, one a library.
    static List<LibrarySync.Held> all(DSLContext sql) {
        Map<List<?>, LibrarySync.Held> held = new LinkedHashMap<>();
        sql.select(HELD_SWEEP.ACCOUNT_ID, HELD_SWEEP.FOLDER_ITEM_ID, HELD_SWEEP.KIND, HELD_SWEEP.MISSING, HELD_SWEEP.KNOWN,
                HELD_SWEEP.HELD_AT,
                LIBRARY_FOLDER.TITLE).from(HELD_SWEEP).leftJoin(LIBRARY_FOLDER)
                .on(LIBRARY_FOLDER.ACCOUNT_ID.eq(HELD_SWEEP.ACCOUNT_ID), LIBRARY_FOLDER.ITEM_ID.eq(HELD_SWEEP.FOLDER_ITEM_ID))
                .orderBy(HELD_SWEEP.ACCOUNT_ID, HELD_SWEEP.FOLDER_ITEM_ID).forEach(r -> {
                    String title = r.value7() == null ? "" : r.value7();
                    var part = new LibrarySync.Held(r.value1(), r.value2(), title, Map.of(ItemKind.of(r.value3()),
                            new LibrarySync.Missing(r.value4(), r.value5())), Instant.ofEpochMilli(r.value6()));
                    held.merge(List.of(r.value1(), r.value2()), part, LibrarySync.Held::and);
                });
        return List.copyOf(held.values());
    }

    void ask(ItemKind kind, String folder, long missing, long known, long before) {
        rows.write(sql -> ask(sql, account, new Question(kind, folder, before, missing, known, rows.time().now())));
    }

    static int ask(DSLContext sql, long account, Question q) {
        return sql.insertInto(HELD_SWEEP).set(HELD_SWEEP.ACCOUNT_ID, account).set(HELD_SWEEP.FOLDER_ITEM_ID, q.folder)
                .set(HELD_SWEEP.KIND, q.kind.word()).set(HELD_SWEEP.MISSING, q.missing).set(HELD_SWEEP.KNOWN, q.known)
                .set(HELD_SWEEP.BEFORE_PASS, q.before).set(HELD_SWEEP.HELD_AT, q.since.toEpochMilli()).onDuplicateKeyUpdate()
                .set(HELD_SWEEP.MISSING, q.missing).set(HELD_SWEEP.KNOWN, q.known).set(HELD_SWEEP.BEFORE_PASS, q.before).execute();
    }

    /// Asks anew what was answered; a question of the same library that came since stands on, about both.
    static int askAgain(DSLContext sql, long account, Question q) {
        return ask(sql, account,
                questions(sql, account).stream().filter(now -> now.kind == q.kind && now.folder.equals(q.folder)).findFirst()
                        .map(now -> now.and(q)).orElse(q));
    }

    /// The libraries with a question about a kind.
    List<String> about(ItemKind kind) {
        return rows.read(this::questions).stream().filter(q -> q.kind == kind).map(Question::folder).toList();
    }

    /// The questions about a kind that do not stand any more.
    void withdraw(ItemKind kind, Set<String> still) {
        rows.write(sql -> sql.deleteFrom(HELD_SWEEP)
                .where(HELD_SWEEP.ACCOUNT_ID.eq(account), HELD_SWEEP.KIND.eq(kind.word()), HELD_SWEEP.FOLDER_ITEM_ID.notIn(still))
                .execute());
    }

    /// Tracks that are known to be missing, so that their number is no reason to read everything again: held, or kept by the user's word.
    long knownMissing() {
        return rows.read(sql -> {
            long count = sql.fetchCount(TRACK, TRACK.ACCOUNT_ID.eq(account), TRACK.GONE_AT.isNull(), TRACK.SEEN_PASS.eq(KEPT));
            for (Question q : questions(sql)) if (q.kind == ItemKind.TRACK) count += sql.fetchCount(TRACK, tracks(q));
            return count;
        });
    }

    /// The user's answer about one library.
    ///
    /// @return how many items are marked gone now, or kept
    int answer(String folder, boolean gone) {
        List<Question> asked = rows.read(this::questions);
        List<Question> here = new ArrayList<>(asked.stream().filter(q -> q.folder.equals(folder)).toList());
        if (here.isEmpty()) return 0;
        var answers = new GoneAnswers(rows);
        var marks = gone ? new GoneRows(rows, answers.begin(folder, here)) : new GoneRows(rows);
        int done = 0;
        for (Question q : here) {
            done += switch (q.kind) {
                case TRACK -> {
                    List<Long> ids = rows.read(sql -> sql.select(TRACK.ID).from(TRACK).where(tracks(q)).fetch(TRACK.ID));
                    yield gone
                            ? marks.tracks(ids)
                            : GoneRows.pieces(ids, chunk -> rows.write(sql -> sql.update(TRACK)
                                    .set(TRACK.SEEN_PASS, KEPT).where(TRACK.ID.in(chunk)).execute()));
                }
                case ALBUM -> {
                    List<Long> ids = rows.read(sql -> sql.select(ALBUM.ID).from(ALBUM).where(ALBUM.ACCOUNT_ID.eq(account),
                            ALBUM.GONE_AT.isNull(), ALBUM.FOLDER_ITEM_ID.eq(q.folder), ALBUM.SEEN_PASS.lt(q.before)).fetch(ALBUM.ID));
                    yield gone
                            ? marks.albums(ids)
                            : GoneRows.pieces(ids, chunk -> rows.write(sql -> sql.update(ALBUM)
                                    .set(ALBUM.SEEN_PASS, KEPT).where(ALBUM.ID.in(chunk)).execute()));
                }
                case ARTIST -> gone ? marks.artists(marks.unnamedArtists(q.before)) : keepArtists(marks, q.before);
                case PLAYLIST -> {
                    List<Long> ids = rows.read(sql -> sql.select(PLAYLIST.ID).from(PLAYLIST).where(PLAYLIST.ACCOUNT_ID.eq(account),
                            PLAYLIST.GONE_AT.isNull(), PLAYLIST.ITEM_ID.notLike("local-%"), PLAYLIST.SEEN_PASS.lt(q.before))
                            .fetch(PLAYLIST.ID));
                    yield gone
                            ? marks.playlists(ids)
                            : GoneRows.pieces(ids, chunk -> rows.write(sql -> sql.update(PLAYLIST)
                                    .set(PLAYLIST.SEEN_PASS, KEPT).where(PLAYLIST.ID.in(chunk)).execute()));
                }
                case GENRE -> 0;
            };
        }
        // Artists that only these named go with them, and are no question of their own.
        if (gone) {
            long before = here.stream().filter(q -> q.kind != ItemKind.PLAYLIST).mapToLong(Question::before).min().orElse(0);
            done += marks.artists(marks.unnamedArtists(before));
            new ArtistFigures(rows).refresh();
        }
        int items = done;
        // The question stands, and is answered anew, until all is marked: so its end is the deed.
        rows.write(sql -> {
            if (gone) Audit.write(sql, rows.time().now(), Audit.ITEMS_GONE, title(sql, folder) + " (" + items + ")", account);
            if (gone) answers.done(sql, folder);
            return sql.deleteFrom(HELD_SWEEP).where(HELD_SWEEP.ACCOUNT_ID.eq(account), HELD_SWEEP.FOLDER_ITEM_ID.eq(folder)).execute();
        });
        return done;
    }

    /// The library's name, else the server's.
    private String title(DSLContext sql, String folder) {
        return sql.select(LIBRARY_FOLDER.TITLE).from(LIBRARY_FOLDER)
                .where(LIBRARY_FOLDER.ACCOUNT_ID.eq(account), LIBRARY_FOLDER.ITEM_ID.eq(folder)).fetchOptional(LIBRARY_FOLDER.TITLE)
                .orElseGet(() -> sql.select(ACCOUNT.SERVER_NAME).from(ACCOUNT).where(ACCOUNT.ID.eq(account)).fetchSingle().value1());
    }

    private int keepArtists(GoneRows marks, long before) {
        return GoneRows.pieces(marks.unnamedArtists(before), chunk -> rows.write(sql -> sql.update(ARTIST).set(ARTIST.SEEN_PASS, KEPT)
                .where(ARTIST.ID.in(chunk)).execute()));
    }

    private Condition tracks(Question q) {
        return TRACK.ACCOUNT_ID.eq(account).and(TRACK.GONE_AT.isNull()).and(TRACK.FOLDER_ITEM_ID.eq(q.folder))
                .and(TRACK.SEEN_PASS.lt(q.before));
    }

    private List<Question> questions(DSLContext sql) {
        return questions(sql, account);
    }

    private static List<Question> questions(DSLContext sql, long account) {
        return sql.selectFrom(HELD_SWEEP).where(HELD_SWEEP.ACCOUNT_ID.eq(account))
                .fetch(r -> new Question(ItemKind.of(r.getKind()), r.getFolderItemId(), r.getBeforePass(), r.getMissing(), r.getKnown(),
                        Instant.ofEpochMilli(r.getHeldAt())));
    }
}
