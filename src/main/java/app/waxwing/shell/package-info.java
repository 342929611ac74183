/// The main window: rail, top bar, page host, side panel, player bar, quick search, keyboard. Entry type: [app.waxwing.shell.MainWindow].
@NullMarked
package app.waxwing.shell;

import org.jspecify.annotations.NullMarked;
