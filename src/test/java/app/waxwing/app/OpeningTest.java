package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.FailureException;
import app.waxwing.base.SystemTime;
import app.waxwing.store.Database;
import app.waxwing.store.Upgrade;
import app.waxwing.testing.EmptyDatabase;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("issue 4 a window that is closed while an older library's copy is made is not kept waiting, and the upgrade does not begin any more")
    void closedDuringTheCopy() throws Exception {
        Path file = folder.resolve("waxwing.db");
        EmptyDatabase.at(file);
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file); var statement = connection.createStatement()) {
            statement.execute(
                    "DELETE FROM flyway_schema_history WHERE installed_rank = (SELECT max(installed_rank) FROM flyway_schema_history)");
        }
        var opening = new Opening(new CompletableFuture<>(), new CompletableFuture<>(), new CompletableFuture<>(), new Upgrade());
        var closed = new CompletableFuture<String>();
        opening.upgrade().subscribe(step -> {
            if (!step.keeping()) closed.completeExceptionally(new IllegalStateException("it began"));
            CompletableFuture.runAsync(opening::close).orTimeout(60, TimeUnit.SECONDS).join();
            closed.complete("without waiting");
        });
        try (var time = new SystemTime()) {
            assertThatThrownBy(() -> Database.open(file, time, Optional::empty, opening.upgrade())).isInstanceOf(FailureException.class);
        }
        assertThat(closed.getNow("never")).isEqualTo("without waiting");
    }
}
