package app.waxwing.parts;

import app.waxwing.account.Account;
import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.download.DownloadEngine;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Texts;
import app.waxwing.library.OneServer;
import app.waxwing.library.Track;
import app.waxwing.server.ItemKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// What one can do with music from any page. Each call returns at once; trouble becomes a sentence on screen.
public final class Actions {
    /// A queue made from a long list holds so many tracks: enough for days, and little to read and to keep.
    static final int LONGEST_QUEUE = 5000;
    private static final int BEFORE = 500;
    private static final int MIX = 100;
    private final ViewContext ctx;
    private final Random dice = new Random();

    Actions(ViewContext ctx) {
        this.ctx = ctx;
    }

    /// Plays a list that is here as a whole.
    public void play(List<Track> tracks, int index, String title) {
        if (tracks.isEmpty()) return;
        ctx.player().shuffle(false);
        ctx.player().play(tracks, index, title);
    }

    /// Plays a long list from one of its rows on.
    ///
    /// @param longest so many of its tracks become the queue
    public void play(long[] rows, int index, String title, int longest) {
        int from = Math.max(0, Math.min(index - BEFORE, rows.length - longest));
        long[] part = Arrays.copyOfRange(rows, from, (int) Math.min(rows.length, (long) from + longest));
        long start = rows[index];
        // A playlist may hold it several times.
        long before = Arrays.stream(rows, from, index).filter(row -> row == start).count();
        with(ctx.library().tracksByRow(part),
                tracks -> play(tracks, IntStream.range(0, tracks.size()).filter(i -> tracks.get(i).row() == start).skip(before).findFirst()
                        .orElse(0), title));
    }

    public void play(ItemKey collection, String title) {
        with(ctx.library().tracksOf(collection), tracks -> play(tracks, 0, title));
    }

    /// Begins anywhere, then goes on in the player's own random order.
    public void shuffle(ItemKey collection, String title) {
        with(ctx.library().tracksOf(collection), tracks -> shuffle(tracks, title));
    }

    public void shuffle(List<Track> tracks, String title) {
        if (tracks.isEmpty()) return;
        ctx.player().play(tracks, dice.nextInt(tracks.size()), title);
        ctx.player().shuffle(true);
    }

    /// Shuffles the whole of a long list: a sample of it is drawn, so that every track may come.
    public void shuffle(long[] rows, String title, int longest) {
        List<Long> all = new ArrayList<>(Arrays.stream(rows).boxed().toList());
        Collections.shuffle(all, dice);
        long[] part = all.stream().limit(longest).mapToLong(Long::longValue).toArray();
        with(ctx.library().tracksByRow(part), tracks -> shuffle(tracks, title));
    }

    /// A radio from an item: its own tracks and others like them.
    public void mix(ItemKey item, String title) {
        with(ctx.library().mix(item, MIX), tracks -> {
            if (tracks.isEmpty()) ctx.desk().toasts().say(Texts.of("mix.nothing", title));
            else play(tracks, 0, Texts.of("mix.title", title));
        });
    }

    public void playNext(ItemKey item) {
        with(ctx.library().tracksOf(item), this::playNext);
    }

    public void playNext(List<Track> tracks) {
        ctx.player().playNext(tracks);
        ctx.desk().toasts().say(Texts.count("said.next", tracks.size()));
    }

    public void add(ItemKey item) {
        with(ctx.library().tracksOf(item), this::add);
    }

    public void add(List<Track> tracks) {
        ctx.player().add(tracks);
        ctx.desk().toasts().say(Texts.count("said.queued", tracks.size()));
    }

    public void keep(ItemKind kind, ItemKey key) {
        with(ctx.keeping().keep(kind, key), n -> {});
    }

    /// The same in a quality; of what is here already it is said what becomes of it.
    public void keep(ItemKind kind, ItemKey key, Quality quality, boolean here) {
        with(ctx.keeping().keep(kind, key, quality), n -> {
            if (here) ctx.desk().toasts().say(Texts.of("said.quality", QualityWords.name(quality)));
        });
    }

    public void release(ItemKind kind, ItemKey key) {
        release(kind, key, () -> {});
    }

    /// Lets it go, with a way to take that back; the files go only after it.
    ///
    /// @param done when the queue knows, either way
    public void release(ItemKind kind, ItemKey key, Runnable done) {
        with(ctx.keeping().release(kind, key), n -> {
            done.run();
            ctx.desk().toasts().say(Texts.of("said.released"), Texts.of("said.undo"), DownloadEngine.UNDO,
                    () -> with(ctx.keeping().keep(kind, key), back -> done.run()));
        });
    }

    /// Lets several go together.
    public void release(List<Track> tracks) {
        with(each(tracks, ctx.keeping()::release), all -> ctx.desk().toasts().say(Texts.of("said.released"), Texts.of("said.undo"),
                DownloadEngine.UNDO, () -> with(each(tracks, ctx.keeping()::keep), back -> {})));
    }

    private static CompletableFuture<Void> each(List<Track> tracks, BiFunction<ItemKind, ItemKey, CompletableFuture<Integer>> what) {
        return CompletableFuture.allOf(tracks.stream().map(t -> what.apply(ItemKind.TRACK, t.key())).toArray(CompletableFuture[]::new));
    }

    public void favourite(ItemKind kind, ItemKey key, boolean on) {
        with(ctx.userState().favourite(kind, key, on), x -> {});
    }

    public void addToPlaylist(ItemKey playlist, String title, List<ItemKey> tracks) {
        OneServer some = OneServer.of(playlist.account(), tracks);
        if (some.nothing()) {
            ctx.desk().toasts().failed(Texts.of("said.one-server.none", title, servers(some)));
            return;
        }
        with(ctx.userState().addToPlaylist(playlist, some.taken()), x -> ctx.desk().toasts().say(said("said.added", title, some)));
    }

    public void createPlaylist(long account, String title, List<ItemKey> tracks) {
        OneServer some = OneServer.of(account, tracks);
        with(ctx.userState().createPlaylist(account, title, some.taken()),
                key -> ctx.desk().toasts().say(said("said.created", title, some)));
    }

    private String said(String key, String title, OneServer some) {
        String done = Texts.of(key, title);
        if (some.leftOut() == 0) return done;
        String left = String.join(" ", some.left().entrySet().stream()
                .map(e -> Texts.count("said.one-server", e.getValue(), server(e.getKey()))).toList());
        return done + ". " + left;
    }

    private String servers(OneServer some) {
        return String.join(", ", some.left().keySet().stream().map(this::server).toList());
    }

    private String server(long account) {
        return ctx.accounts().find(account).map(Account::serverName).orElse("");
    }

    /// Deletes it, with a way to take that back.
    public void deletePlaylist(ItemKey playlist, String title) {
        with(ctx.userState().deletePlaylist(playlist), x -> ctx.desk().toasts().say(Texts.of("said.deleted", title), Texts.of("said.undo"),
                () -> with(ctx.userState().undeletePlaylist(playlist), back -> {})));
    }

    /// Takes the answer on the FX thread; trouble is said.
    public <T> void with(CompletableFuture<T> future, Consumer<T> then) {
        Fx.on(ctx.fx(), future, then, this::say);
    }

    public void say(Failure failure) {
        ctx.desk().toasts().failed(failure);
    }
}
