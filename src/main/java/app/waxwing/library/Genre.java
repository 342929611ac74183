package app.waxwing.library;

import app.waxwing.base.ItemKey;

/// A genre with how many tracks carry it. Its id is the server's where it has one, else `genre-<row>`.
public record Genre(long row, ItemKey key, String name, int trackCount) {}
