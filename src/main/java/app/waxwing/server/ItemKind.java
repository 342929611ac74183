package app.waxwing.server;

import java.util.Locale;

/// The kinds of item, named as in JSON.
public enum ItemKind {
    TRACK, ALBUM, ARTIST, PLAYLIST, GENRE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static ItemKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
