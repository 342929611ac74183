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
            "migration, version 5 to 10, done, true", "restore, the backup of Friday, done, true"})
    @DisplayName("0.13, 4.20 shown is what concerns the active accounts or nobody; never what another user did, whatever things are called")
    void whose(String action, String object, String outcome, boolean shown) {
        assertThat(shows(OWNERS, action, object, outcome)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"download-deleted, of an older version", "download-deleted, One · two", "history-deleted, all plays"})
    @DisplayName("4.20 rows that do not say whose they are stay where there is only one user")
    void alone(String action, String object) {
        assertThat(shows(new AuditOwners(List.of("ida"), List.of()), action, object, "done")).isTrue();
    }
}
