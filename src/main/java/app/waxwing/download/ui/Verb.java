package app.waxwing.download.ui;

import app.waxwing.kit.Icon;

/// Something that can be done with a download: for its menu and for the drawer.
record Verb(Icon icon, String words, Runnable act) {}
