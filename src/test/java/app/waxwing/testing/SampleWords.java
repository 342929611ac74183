package app.waxwing.testing;

/// Names for synthetic libraries: pronounceable, many different, the same for the same number.
public final class SampleWords {
    private static final String[] FIRST = {"Amber", "Blue", "Cold", "Distant", "Early", "Fading", "Golden", "Hollow", "Inner", "Jagged",
            "Kind", "Lonely",
            "Midnight", "Northern", "Open", "Paper", "Quiet", "Red", "Silver", "Twisted", "Under", "Velvet", "Wild", "Young", "Électrique",
            "Über", "Øde",
            "Señor", "Čistá", "Łąka"};
    private static final String[] SECOND = {"Rivers", "Stones", "Mirrors", "Harbour", "Lanterns", "Engines", "Meadows", "Signals", "Ghosts",
            "Horses", "Islands",
            "Journeys", "Kites", "Letters", "Machines", "Nights", "Oceans", "Pilots", "Queens", "Roads", "Shadows", "Trains", "Umbrellas",
            "Voices", "Windows",
            "Yesterdays", "Zephyrs", "夜空", "音楽", "ночь"};
    private static final String[] THIRD = {"in Motion", "Again", "at Dawn", "of Glass", "for Two", "Don't Stop", "(Live)", "Pt. 2",
            "& Company", "Unplugged",
            "Reprise", "Forever", "No More", "on Fire", "Downtown"};

    private SampleWords() {}

    public static String artist(int n) {
        return (n % 3 == 0 ? "The " : "") + pick(FIRST, n * 7 + 3) + " " + pick(SECOND, n * 11 + n / 30)
                + (n < 900 ? "" : " " + roman(n / 900));
    }

    public static String album(int n) {
        return pick(SECOND, n * 13 + 5) + " " + pick(THIRD, n * 17 + n / 15) + (n % 5 == 0 ? " " + pick(FIRST, n) : "");
    }

    public static String track(int n) {
        return pick(FIRST, n * 19 + n / 30) + " " + pick(SECOND, n * 23 + n / 900) + " " + pick(THIRD, n / 7);
    }

    private static String roman(int n) {
        return "I".repeat(n % 4) + "X".repeat(n / 4 % 10) + "C".repeat(n / 40);
    }

    private static String pick(String[] words, int n) {
        return words[Math.floorMod(n, words.length)];
    }
}
