package app.waxwing.library;

/// The order of hits of one kind: the exact artist, then what the user plays, then how close the title is to what was typed. Pure.
///
/// @param exactArtist the artist is called just what was typed
/// @param plays by their order of magnitude: 40 plays or 41 make no difference
/// @param closeness 0 titled just so, 1 the title begins so, 2 all else
/// @param length of the title: of equally close ones the shorter
record SearchRank(boolean exactArtist, int plays, int closeness, int length) implements Comparable<SearchRank> {
    /// @param wanted what was typed, folded
    /// @param plays of the track, or of all tracks of the album or artist
    static SearchRank of(String wanted, String title, String artist, long plays) {
        String words = SearchText.words(title);
        int closeness = Spellings.is(title, words, wanted) ? 0 : Spellings.begins(words, wanted) ? 1 : 2;
        boolean exact = !wanted.isEmpty() && SearchText.mayBegin(artist, wanted)
                && Spellings.is(artist, SearchText.words(artist), wanted);
        return new SearchRank(exact, Long.SIZE - Long.numberOfLeadingZeros(plays),
                closeness, words.length());
    }

    @Override
    public int compareTo(SearchRank other) {
        if (exactArtist != other.exactArtist) return exactArtist ? -1 : 1;
        if (plays != other.plays) return other.plays - plays;
        if (closeness != other.closeness) return closeness - other.closeness;
        return length - other.length;
    }
}
