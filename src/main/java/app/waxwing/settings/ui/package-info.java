/// The Settings page. Entry type: [app.waxwing.settings.ui.SettingsView].
@NullMarked
package app.waxwing.settings.ui;

import org.jspecify.annotations.NullMarked;
