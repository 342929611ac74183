package app.waxwing.testing;

import java.util.Arrays;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// Parts of the system that a test cannot bring along: `vlc`, `sound`, `dbus`. A test whose part is missing is skipped with one sentence
/// that names the Debian packages; where the comma list in `WAXWING_REQUIRE` names the part, as in CI, the same test fails instead.
public final class Parts {
    static final String REQUIRE = "WAXWING_REQUIRE";

    private Parts() {}

    /// Goes on when `present`; otherwise skips the test with the sentence, or fails it when `WAXWING_REQUIRE` names the part.
    ///
    /// @param part `vlc`, `sound` or `dbus`
    /// @param sentence one sentence naming the Debian packages, such as «LibVLC is missing: install libvlc5 and vlc-plugin-base»
    public static void require(String part, String sentence, BooleanSupplier present) {
        require(System.getenv(), part, sentence, present);
    }

    static void require(Map<String, String> environment, String part, String sentence, BooleanSupplier present) {
        if (present.getAsBoolean()) return;
        boolean required = Arrays.stream(environment.getOrDefault(REQUIRE, "").split(",")).map(String::strip).anyMatch(part::equals);
        if (required) Assertions.fail(sentence + " (" + REQUIRE + " names " + part + ")");
        Assumptions.abort(sentence);
    }
}
