package app.waxwing.parts;

import app.waxwing.library.Query.Sort;
import java.util.Optional;

/// The columns a table of tracks can have.
public enum TrackColumn {
    NUMBER(56, 0, 0, null), TITLE(140, 4, 0, Sort.TITLE), ARTIST(110, 3, 2, Sort.ARTIST), ALBUM(110, 3, 3, Sort.ALBUM),
    GENRE(100, 1.6, 8, Sort.GENRE),
    YEAR(60, 0, 6, Sort.YEAR), PLAYS(64, 0, 5, Sort.PLAY_COUNT), LAST_PLAYED(104, 0, 7, Sort.LAST_PLAYED), SIZE(84, 0, 4, Sort.SIZE),
    MARK(112, 0, 1, Sort.HERE), HEART(40, 0, 1, Sort.FAVOURITE), TIME(64, 0, 0, Sort.DURATION), MORE(40, 0, 0, null);

    private final double least;
    /// What a column of words wants before columns of figures have all their room.
    private static final double COMFORT = 60;
    private final double weight;
    private final int expendable;
    private final @org.jspecify.annotations.Nullable Sort sort;

    TrackColumn(double least, double weight, int expendable, @org.jspecify.annotations.Nullable Sort sort) {
        this.least = least;
        this.weight = weight;
        this.expendable = expendable;
        this.sort = sort;
    }

    /// Width below which it makes no sense; the whole width of a column without weight.
    double least() {
        return least;
    }

    /// Width that it can do with where the words beside it are cut: a fixed column is as wide as the widest it may have to show.
    double tight() {
        return switch (this) {
            case MARK -> 36;
            case PLAYS -> 60;
            case YEAR -> 52;
            default -> least;
        };
    }

    /// Width with which its words are seldom cut.
    double comfortable() {
        return weight == 0 ? least : least + COMFORT;
    }

    /// Share of the room that is left; 0 = fixed.
    double weight() {
        return weight;
    }

    /// In a narrow window the highest goes first; 0 stays always.
    int expendable() {
        return expendable;
    }

    Optional<Sort> sort() {
        return Optional.ofNullable(sort);
    }

    /// The user may hide it.
    boolean optional() {
        return expendable > 1;
    }

    boolean right() {
        return this == TIME || this == SIZE;
    }
}
