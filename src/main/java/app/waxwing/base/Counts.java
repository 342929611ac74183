package app.waxwing.base;

/// A number with its noun, as people say it. Pure.
public final class Counts {
    private Counts() {}

    /// «1 file», «2 files»; for nouns that take an s.
    public static String of(long n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }
}
