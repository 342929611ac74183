/// What the desktop offers beyond the window: keyring, network and sleep monitors, media keys, tray.
@NullMarked
package app.waxwing.desktop;

import org.jspecify.annotations.NullMarked;
