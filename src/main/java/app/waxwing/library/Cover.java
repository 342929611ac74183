package app.waxwing.library;

import app.waxwing.base.ItemKey;

/// Names one picture: the item that has it and the server's tag of its version.
public record Cover(ItemKey item, String tag) {}
