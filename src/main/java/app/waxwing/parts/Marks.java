package app.waxwing.parts;

import app.waxwing.kit.Mark;
import app.waxwing.kit.Texts;
import app.waxwing.library.Album;
import app.waxwing.library.Availability;
import app.waxwing.library.Playlist;

/// Where the bytes are, as marks and as words (kept, cached, partly here, on the server, gone).
public final class Marks {
    private Marks() {}

    public static Mark.Kind of(Availability availability) {
        return switch (availability) {
            case LOCAL -> Mark.Kind.KEPT;
            case CACHED -> Mark.Kind.CACHED;
            case PARTIAL -> Mark.Kind.PARTLY;
            case REMOTE -> Mark.Kind.NONE;
            case GONE -> Mark.Kind.GONE;
            case AWAY -> Mark.Kind.AWAY;
        };
    }

    public static String words(Availability availability) {
        return Texts.of("where." + availability.name().toLowerCase(java.util.Locale.ROOT));
    }

    static double part(int local, int total) {
        return total <= 0 ? 0 : (double) local / total;
    }

    /// Dimmed when no server can be asked and nothing of it is here.
    public static boolean dim(Availability availability, boolean offline) {
        return switch (availability) {
            case LOCAL, CACHED, PARTIAL -> false;
            case REMOTE, AWAY -> offline;
            case GONE -> true;
        };
    }

    public static double part(Album album) {
        return part(album.localTracks(), album.trackCount());
    }

    public static double part(Playlist playlist) {
        return part(playlist.localTracks(), playlist.trackCount());
    }
}
