/// What plays, on screen: the player bar and the side panel's queue, words and details.
/// Entry types: [app.waxwing.playback.ui.PlayerBarView], [app.waxwing.playback.ui.SidePanelView].
@NullMarked
package app.waxwing.playback.ui;

import org.jspecify.annotations.NullMarked;
