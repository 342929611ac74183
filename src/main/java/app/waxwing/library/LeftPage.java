package app.waxwing.library;

import app.waxwing.server.Page;
import app.waxwing.server.RemoteAlbum;
import app.waxwing.server.RemoteArtist;
import app.waxwing.server.RemotePlaylist;
import app.waxwing.server.RemoteTrack;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;

/// The last page of a list that was read: a row of `sync_state` beside that of the list, written with the page. Where its server still has the very
/// same items there, each by its id and by what it has its place by, in the same order, nothing that stood behind them stands before them now: it is
/// not less far on than they are, and none of them moved on.
///
/// @param cursor how the page was asked for
/// @param digest of its items; empty text where it had none that could tell
record LeftPage(String cursor, String digest) {
    private static final String SCOPE = "left/";

    static <T> LeftPage of(SyncStep start, Page<T> page, Function<T, String> key) {
        return new LeftPage(start.cursor(), digest(page, key));
    }

    static Optional<LeftPage> load(DSLContext sql, long account, SyncStep step) {
        return SyncStep.load(sql, account, SCOPE + step.scope()).filter(s -> s.pass() == step.pass())
                .map(s -> new LeftPage(s.cursor(), s.watermark() == null ? "" : s.watermark()));
    }

    /// @param step the list's, after this page: at its end no page is left
    int save(DSLContext sql, long account, SyncStep step, Instant now) {
        if (step.complete()) return SyncStep.forget(sql, account, SCOPE + step.scope());
        return new SyncStep(SCOPE + step.scope(), step.pass(), cursor, 0, 0, -1, false, digest).save(sql, account, now);
    }

    <T> boolean is(Page<T> page, Function<T, String> key) {
        return !digest.isEmpty() && digest.equals(digest(page, key));
    }

    private static <T> String digest(Page<T> page, Function<T, String> key) {
        if (page.items().isEmpty()) return "";
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (T item : page.items()) {
                byte[] text = key.apply(item).getBytes(StandardCharsets.UTF_8);
                sha.update((text.length + ":").getBytes(StandardCharsets.UTF_8));
                sha.update(text);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    // Of an item its id, and what a list is in order of.

    static String key(RemoteArtist artist) {
        return artist.id() + " " + artist.name() + artist.sortName();
    }

    static String key(RemoteAlbum album) {
        return album.id() + " " + album.added() + album.title() + album.sortTitle();
    }

    static String key(RemoteTrack track) {
        return track.id() + " " + track.added() + track.title() + track.sortTitle();
    }

    static String key(RemotePlaylist playlist) {
        return playlist.id() + " " + playlist.title();
    }
}
