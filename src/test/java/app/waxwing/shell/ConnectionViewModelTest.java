package app.waxwing.shell;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.library.LibrarySync;
import app.waxwing.testing.ui.FakeAccounts;
import app.waxwing.testing.ui.FakeNotices;
import app.waxwing.testing.ui.FakeServices;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConnectionViewModelTest {
    private final FakeServices fake = FakeServices.sample();
    private final FakeNotices notices = new FakeNotices();

    private static LibrarySync.Report report(long moved) {
        return new LibrarySync.Report(18_230, 1_412, 388, 4, 0, 0, 0, moved, Duration.ofSeconds(2), false);
    }

    @Test
    @DisplayName("Issue 4 «Stop» says at once that it stops, whatever pages still come, until it has stopped")
    void stopping() {
        fake.sync.running = true;
        try (var model = new ConnectionViewModel(fake.services(), notices, Runnable::run)) {
            var page = new LibrarySync.Progress(fake.account().id(), "tracks", 500, 1_000, false);
            fake.sync.progress.publish(page);
            assertThat(model.stateProperty().get()).isEqualTo("Updating");
            model.stopUpdate();
            assertThat(model.stateProperty().get()).isEqualTo("Stopping …");
            fake.sync.progress.publish(page);
            assertThat(model.stateProperty().get()).isEqualTo("Stopping …");
            fake.sync.progress.publish(new LibrarySync.Progress(fake.account().id(), "", 0, 0, true));
            assertThat(model.stateProperty().get()).isEqualTo("Connected");
        }
    }

    @Test
    @DisplayName("Issue 4 of several servers the card says how many are reached and names what is away, in the colour of a warning, and turns by itself")
    void someAway() {
        FakeServices three = FakeServices.sample(FakeAccounts.HOME, FakeAccounts.account(2, "garden-shed"),
                FakeAccounts.account(3, "attic"));
        try (var model = new ConnectionViewModel(three.services(), notices, Runnable::run)) {
            assertThat(card(model)).isEqualTo("ONLINE Connected · 3 servers");
            three.accounts.away(2, true);
            assertThat(card(model)).isEqualTo("PARTLY 2 of 3 servers · garden-shed is away");
            assertThat(model.offlineProperty().get()).isFalse();
            three.accounts.away(3, true);
            assertThat(card(model)).isEqualTo("PARTLY 1 of 3 servers · away: garden-shed, attic");
            three.accounts.away(1, true);
            assertThat(card(model)).isEqualTo("OFFLINE Offline · playing what is here");
            three.accounts.away(1, false);
            three.accounts.away(2, false);
            assertThat(card(model)).isEqualTo("PARTLY 2 of 3 servers · attic is away");
            three.accounts.away(3, false);
            assertThat(card(model)).isEqualTo("ONLINE Connected · 3 servers");
        }
    }

    private static String card(ConnectionViewModel model) {
        return model.lightProperty().get() + " " + model.stateProperty().get() + " " + model.whyProperty().get();
    }

    @Test
    @DisplayName("Issue 4 the free space has a line of its own at the rail's foot, with its unit")
    void space() {
        assertThat(ConnectionViewModel.words(new app.waxwing.shell.Services.Space(1_800_000, 0, 61_000_000_000L)))
                .isEqualTo("kept 1.8 MB · cached 0 B\nfree 61 GB");
        assertThat(ConnectionViewModel.words(new app.waxwing.shell.Services.Space(38_000_000_000L, 6_000_000_000L, 61_000_000_000L)))
                .isEqualTo("kept 38 GB · cached 6\nfree 61 GB");
    }

    @Test
    @DisplayName("Issue 4 a change that is given up since its server no longer has the item is said in the window")
    void givenUp() {
        try (var _ = new ConnectionViewModel(fake.services(), notices, Runnable::run)) {
            fake.outbox.notes.publish("Add one track to «Evening»: the server no longer has it.");
            assertThat(notices.said).containsExactly("Add one track to «Evening»: the server no longer has it.");
        }
        fake.outbox.notes.publish("Add one track to «Morning»: the server no longer has it.");
        assertThat(notices.said).as("the window is closed").hasSize(1);
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
