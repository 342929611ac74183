/// The first screen: the demonstration, servers found, and signing in. Entry type: [app.waxwing.account.ui.WelcomeView].
@NullMarked
package app.waxwing.account.ui;

import org.jspecify.annotations.NullMarked;
