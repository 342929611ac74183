/// Jellyfin 10.9 to 12.0 behind [app.waxwing.server.MediaServer]. Entry types: [app.waxwing.server.jellyfin.JellyfinServer],
/// [app.waxwing.server.jellyfin.JellyfinSignIn], [app.waxwing.server.jellyfin.JellyfinProbe].
@NullMarked
package app.waxwing.server.jellyfin;

import org.jspecify.annotations.NullMarked;
