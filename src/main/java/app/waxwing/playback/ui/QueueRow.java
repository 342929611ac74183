package app.waxwing.playback.ui;

import app.waxwing.library.Track;

/// One row of the queue panel, in playing order.
public sealed interface QueueRow {
    /// A caption over a block.
    ///
    /// @param note at its right, such as «next 5 ready offline»; empty for none
    /// @param opens the played part is shown or hidden by it
    record Heading(String words, String note, boolean opens) implements QueueRow {}

    /// A track.
    ///
    /// @param index into the player's queue
    /// @param entry its stable number
    record Item(int index, long entry, Track track, Place place, boolean ready) implements QueueRow {}

    /// Where a row stands in time.
    enum Place {
        PLAYED, NOW, AHEAD
    }
}
