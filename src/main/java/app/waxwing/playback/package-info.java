/// What plays: the player, its queue and its history. Entry type: [app.waxwing.playback.Player].
@NullMarked
package app.waxwing.playback;

import org.jspecify.annotations.NullMarked;
