package app.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.FailureWords;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteTroubleTest {
    @ParameterizedTest
    @EnumSource(names = {"SQLITE_FULL", "SQLITE_IOERR_SHMSIZE"})
    @DisplayName("a full disk is called full, in the database too")
    void aFullDisk(SQLiteErrorCode code) {
        RuntimeException told = SqliteTrouble.translate(new SQLiteException("disk I/O error", code), "waxwing.db");
        assertThat(told).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.failure()).isInstanceOf(Failure.DiskFull.class);
            assertThat(FailureWords.sentence(e.failure())).isEqualTo("The disk that holds the library database is full.");
        });
    }
}
