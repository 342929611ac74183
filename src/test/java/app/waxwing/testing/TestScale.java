package app.waxwing.testing;

/// How much of a test runs: the same tests, with few rounds in every `./mvnw verify` and all of them in `./mvnw -Plong verify`
/// (system property `waxwing.scale`: `short` or `full`).
public final class TestScale {
    private static final boolean FULL = "full".equals(System.getProperty("waxwing.scale", "short"));

    private TestScale() {}

    public static int of(int few, int all) {
        return FULL ? all : few;
    }

    /// Kills of a child process.
    public static int kills() {
        return of(20, 500);
    }

    /// Kills of a process that writes in the database.
    public static int databaseKills() {
        return of(10, 200);
    }

    /// Kills of a process that syncs.
    public static int syncKills() {
        return of(4, 20);
    }

    /// Seeds of the fault matrix.
    public static int faultSeeds() {
        return of(2, 20);
    }

    /// Seeds of the matrix of disk, process, time and state.
    public static int stateSeeds() {
        return of(1, 20);
    }
}
