package app.waxwing.shell;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.library.LibrarySync;
import app.waxwing.testing.ui.FakeNotices;
import app.waxwing.testing.ui.FakeServices;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConnectionViewModelTest {
    private final FakeServices fake = FakeServices.sample();
    private final FakeNotices notices = new FakeNotices();

    private static LibrarySync.Report report(long moved) {
        return new LibrarySync.Report(18_230, 1_412, 388, 4, 0, 0, 0, moved, Duration.ofSeconds(2));
    }

    @Test
    @DisplayName("A sync that nobody asked for is silent, unless it found tracks that moved on their server")
    void movedByThemselves() {
        try (var _ = new ConnectionViewModel(fake.services(), notices, Runnable::run)) {
            fake.sync.unasked.publish(report(0));
            assertThat(notices.said).isEmpty();
            fake.sync.unasked.publish(report(12));
            assertThat(notices.said).containsExactly("Moved on the server, and what is kept of them stays: 12");
        }
    }
}
