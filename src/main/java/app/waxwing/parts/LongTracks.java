package app.waxwing.parts;

import app.waxwing.library.Track;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A long list of tracks in its table: while rows come and go it stays with what is looked at, another order is shown from the top, and where it was
/// left it stands when one comes back. FX thread.
public final class LongTracks {
    private final ViewContext ctx;
    private final String name;
    private final TrackTable table;
    private final Paged<Track> paged;
    private final int longestQueue;
    private TrackList list;
    private boolean placed;
    /// The order is another: the next rows are shown from the first on.
    private boolean toTop;
    private boolean onScreen;

    /// @param name keeps its place apart from other lists'
    public LongTracks(ViewContext ctx, String name, TrackTable table) {
        this(ctx, name, table, Actions.LONGEST_QUEUE);
    }

    private LongTracks(ViewContext ctx, String name, TrackTable table, int longestQueue) {
        this.ctx = ctx;
        this.name = name;
        this.table = table;
        this.longestQueue = longestQueue;
        paged = new Paged<>(ctx.library()::tracksByRow, Track::row, ctx.fx());
        list = new TrackList.Long(paged);
    }

    /// A list that somebody put together: it is played whole, whatever its length.
    public static LongTracks madeByHand(ViewContext ctx, String name, TrackTable table) {
        return new LongTracks(ctx, name, table, Integer.MAX_VALUE);
    }

    /// The next rows are in another order.
    public void anew() {
        placed = true;
        toTop = true;
        Place.forget(ctx.memory(), name);
    }

    /// @param all the whole list, where these rows are only its beginning
    /// @param title what a queue made from it is called
    public void show(long[] rows, Optional<CompletableFuture<long[]>> all, String title) {
        Runnable stay = toTop || !placed ? () -> {} : table.staying(paged, rows);
        paged.rows(rows);
        list = new TrackList.Long(paged, all, longestQueue);
        table.show(list, title, false);
        stay.run();
        int at = Place.of(ctx.memory(), name);
        if (!placed && at > 0 && at < rows.length) table.place(at);
        else if (toTop && rows.length > 0) table.place(0);
        placed = true;
        toTop = false;
    }

    /// The rows that are shown, played from the first or in any order.
    public void play(boolean shuffled, String title) {
        if (paged.size() == 0) return;
        if (shuffled) list.shuffle(ctx, title);
        else list.play(ctx, 0, title);
    }

    /// A copy of the row numbers that are shown.
    public long[] rows() {
        return paged.rows();
    }

    public void shown() {
        table.shown();
        onScreen = true;
    }

    public void hidden() {
        if (onScreen) table.firstVisible().ifPresent(at -> Place.keep(ctx.memory(), name, at));
        onScreen = false;
        table.hidden();
    }
}
