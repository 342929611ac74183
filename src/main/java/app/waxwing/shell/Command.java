package app.waxwing.shell;

import app.waxwing.kit.Icon;

/// Something the window can do, found by its words in quick search.
///
/// @param keys how the keyboard does it, empty for none
record Command(String words, Icon icon, String keys, Runnable run) {}
