package app.waxwing.download;

import org.jooq.DSLContext;

/// The last word on a change, inside its transaction.
enum Guard {
    ALWAYS, FORGET, UNLESS_PLAYLIST, UNKEPT, UNHEARD, AHEAD;

    /// Whether a removal takes the track's files in every quality.
    boolean all() {
        return this != UNHEARD && this != AHEAD;
    }

    boolean allows(DSLContext sql, Entry entry) {
        return switch (this) {
            case ALWAYS -> true;
            // An unfinished wish goes with all its reasons.
            case FORGET -> KeepRows.forget(sql, entry);
            // The user's own reasons go; a playlist that holds the track keeps it.
            case UNLESS_PLAYLIST -> KeepRows.unlessPlaylist(sql, entry);
            case UNKEPT -> KeepRows.unkept(sql, entry);
            // Fetched only because it was to be heard soon, and not whole; what the user put in front is his own.
            case AHEAD -> entry.origin() == Download.Origin.QUEUE && entry.rank() == Entry.rank(entry.origin())
                    && !(entry.state() instanceof DownloadState.Completed)
                    && KeepRows.unkept(sql, entry);
            // Fetched only because it was heard, and not whole.
            case UNHEARD -> entry.origin() == Download.Origin.PLAYING && !(entry.state() instanceof DownloadState.Completed)
                    && KeepRows.unkept(sql, entry);
        };
    }
}
