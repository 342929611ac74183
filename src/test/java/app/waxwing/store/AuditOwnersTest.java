package app.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditOwnersTest {
    /// Ida uses Home and Work; Bob is another user of Home.
    private static final AuditOwners OWNERS = new AuditOwners(List.of("ida", "bob"), List.of("bob at Home", "carl at Work"));

    private static boolean shows(AuditOwners owners, String action, String object, String outcome) {
        return owners.shows(new Audit.Entry(Instant.EPOCH, Audit.Actor.USER, action, object, outcome));
    }

    @ParameterizedTest
    @CsvSource({"sign-in, ida at Home, done, true", "sign-in, bob at Home, done, false", "sign-in, bob at Work, done, true",
            "sign-in, ida at what Home was called before, done, true", "account-deleted, dora at Home, done, false",
            "sign-in, carl at http://127.0.0.1, wrong-password, false", "sign-in, iad at Home, wrong-password, true",
            "playlist-deleted, Long drives (p7) · ida at Home, done, true", "playlist-deleted, Long drives (p7) · bob at Home, done, false",
            "playlist-deleted, x · ida at Home (p7) · bob at Home, done, false", "download-deleted, One · two · ida at Home, done, true",
            "download-deleted, of an older version, done, false", "playlist-deleted, of somebody gone · dora at Home, done, false",
            "migration, version 5 to 10, done, true", "restore, the backup of Friday, done, true",
            "export, my data · ida at Home, done, true", "export, my data · bob at Home, done, false", "export, my data, done, false",
            "account-deleted, an account at Home, done, false"})
    @DisplayName("0.13, 4.20 shown is what concerns the active accounts or nobody; never what another user did, whatever things are called")
    void whose(String action, String object, String outcome, boolean shown) {
        assertThat(shows(OWNERS, action, object, outcome)).isEqualTo(shown);
    }

    @ParameterizedTest
    // «an account»: one whose data were deleted. Signed out only, as dora, it is named: what is written down of it stays.
    @CsvSource({"sign-out, dora at Home, true, true", "account-deleted, dora at Home, true, true",
            "account-deleted, an account at Home, true, true", "export, my data · dora at Home, false, true",
            "sign-in, dora at Home, true, true",
            "playlist-deleted, Long drives (p7) · dora at Home, false, true", "download-deleted, One · dora at Home, false, true"})
    @DisplayName("4.20 that an account went is shown where no other one is on the machine; what was done with its things, where there is none at all")
    void ofOneThatIsGone(String action, String object, boolean besideIda, boolean alone) {
        assertThat(shows(OWNERS, action, object, "done")).as("there are others").isFalse();
        assertThat(shows(new AuditOwners(List.of("ida"), List.of()), action, object, "done")).isEqualTo(besideIda);
        assertThat(shows(new AuditOwners(List.of(), List.of()), action, object, "done")).isEqualTo(alone);
    }

    @ParameterizedTest
    @CsvSource({"sign-in, dora at Home, true", "sign-in, Dora at Home, true", "sign-in, dora at what Home was called before, true",
            "playlist-deleted, Long drives (p7) · dora at Home, true", "playlist-deleted, Long drives (p7) · ida at Home, false",
            "playlist-deleted, x · dora at Home (p7) · bob at Home, false", "migration, version 5 to 10, false", "export, my data, false",
            "export, my data · dora at Home, true", "export, my data · ida at Home, false", "account-deleted, an account at Home, false",
            "download-deleted, of an older version, false", "sign-out, doris at Home, false"})
    @DisplayName("4.18 with an account's data goes what is written down of it, and nothing of others")
    void tellsOf(String action, String object, boolean its) {
        var entry = new Audit.Entry(Instant.EPOCH, Audit.Actor.USER, action, object, "done");
        assertThat(OWNERS.tellsOf(entry, "dora", "Home")).isEqualTo(its);
        assertThat(OWNERS.tellsOf(new Audit.Entry(Instant.EPOCH, Audit.Actor.USER, "sign-in", "carl at Work", "done"), "carl", "Attic"))
                .as("the other carl's").isFalse();
    }

    @ParameterizedTest
    @CsvSource({"download-deleted, of an older version", "download-deleted, One · two", "history-deleted, all plays",
            "export, my data"})
    @DisplayName("4.20 rows that do not say whose they are stay where there is only one user")
    void alone(String action, String object) {
        assertThat(shows(new AuditOwners(List.of("ida"), List.of()), action, object, "done")).isTrue();
    }
}
