package app.waxwing.demo;

import java.util.Arrays;

/// The server version that is imitated, compared number by number: 10.9.11 < 10.10.7 < 10.11.11 < 12.0.0.
public record ServerVersion(String text) {
    public static final ServerVersion V10_9 = new ServerVersion("10.9.11");
    public static final ServerVersion V10_10 = new ServerVersion("10.10.7");
    public static final ServerVersion V10_11 = new ServerVersion("10.11.11");
    public static final ServerVersion V12_0 = new ServerVersion("12.0.0");

    public ServerVersion {
        parts(text);
    }

    public boolean atLeast(int... wanted) {
        return Arrays.compare(parts(text), wanted) >= 0;
    }

    private static int[] parts(String text) {
        return Arrays.stream(text.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}
