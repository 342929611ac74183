package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.FailureException;
import app.waxwing.base.Subscription;
import app.waxwing.base.Threads;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever goes wrong in a sync, it ends and says so, and the next one works.
class SyncErrorTest {
    @TempDir
    Path folder;
    private LibraryDesk desk;
    private final FakeMediaServer server = new FakeMediaServer("one").fill(1_250);
    private long account;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        account = desk.account(server, "ida").id();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private void fails(CompletableFuture<LibrarySync.Report> sync) {
        assertThatThrownBy(() -> sync.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(FailureException.class)
                .hasMessageContaining("ot on the class path");
        assertThat(desk.sync.runs()).isFalse();
    }

    private void works(Function<LibrarySync, CompletableFuture<LibrarySync.Report>> sync) throws Exception {
        assertThat(sync.apply(desk.sync).get(60, TimeUnit.SECONDS).tracks()).isEqualTo(1_250);
        assertThat(desk.sync.runs()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("An error in a listener of progress, at a page or at the end, ends that sync and is said; the next one works, asked for or not")
    void listener(boolean page) throws Exception {
        Subscription broken = desk.sync.progress().subscribe(p -> {
            if (p.finished() != page) throw new NoClassDefFoundError("not on the class path");
        });
        if (page) fails(desk.sync.sync(account, true));
        else works(sync -> sync.sync(account, true));
        if (page) fails(desk.sync.news(account, Set.of()));
        else works(sync -> sync.news(account, Set.of()));
        broken.close();
        works(sync -> sync.sync(account, false));
        works(sync -> sync.news(account, Set.of()));
    }

    @Test
    @DisplayName("An exception in a listener of progress is that listener's own affair")
    void exception() throws Exception {
        desk.sync.progress().subscribe(p -> {
            throw new IllegalStateException("a line on a screen");
        });
        works(sync -> sync.sync(account, true));
    }

    @Test
    @DisplayName("An error in a listener of what syncs brought, or of what changed, ends the sync")
    void otherListeners() throws Exception {
        Subscription broken = desk.sync.unasked().subscribe(report -> {
            throw new NoClassDefFoundError("not on the class path");
        });
        fails(desk.sync.news(account, Set.of()));
        broken.close();
        works(sync -> sync.news(account, Set.of()));
    }

    @Test
    @DisplayName("An error in the pass itself ends it and is said; the next one works")
    void pass() throws Exception {
        server.failsAt = n -> {
            if (n == 3) throw new NoClassDefFoundError("not on the class path");
            return false;
        };
        fails(desk.sync.sync(account, true));
        works(sync -> sync.sync(account, false));
    }

    @Test
    @DisplayName("What is fetched quietly comes again after an error, too")
    void quietWork() {
        var time = new ManualTime();
        var steps = new AtomicInteger();
        try (var work = new QuietWork("a test", Duration.ofSeconds(1), Duration.ofMinutes(5), () -> {
            if (steps.incrementAndGet() == 1) throw new NoClassDefFoundError("not on the class path");
            return QuietWork.Piece.NONE;
        }, task -> Threads.logged(task).run(), time)) {
            time.pass(Duration.ofMinutes(6));
            assertThat(steps).as("that was closed: %s", work).hasValue(2);
        }
    }
}
