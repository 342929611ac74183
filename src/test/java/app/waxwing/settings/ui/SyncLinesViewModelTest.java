package app.waxwing.settings.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.library.LibrarySync;
import app.waxwing.testing.ui.FakeNotices;
import app.waxwing.testing.ui.FakeServices;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SyncLinesViewModelTest {
    @Test
    @DisplayName("Issue 4 «Stop» in the settings says at once that it stops, until it has stopped")
    void stopping() {
        FakeServices fake = FakeServices.sample();
        var model = new SyncLinesViewModel(fake.sync, Runnable::run, new FakeNotices(), ZoneOffset.UTC);
        var line = model.line(fake.account().id());
        model.shown();
        var page = new LibrarySync.Progress(fake.account().id(), "tracks", 500, 1_000, false);
        fake.sync.running = true;
        fake.sync.progress.publish(page);
        assertThat(line.words().get()).startsWith("Tracks: 500");
        line.toggle();
        assertThat(line.words().get()).startsWith("Stopping …");
        fake.sync.progress.publish(page);
        assertThat(line.words().get()).startsWith("Stopping …");
        assertThat(line.running().get()).isTrue();
        fake.sync.progress.publish(new LibrarySync.Progress(fake.account().id(), "", 0, 0, true));
        assertThat(line.words().get()).isEqualTo("Not read yet");
        fake.sync.progress.publish(page);
        assertThat(line.words().get()).as("the next one").startsWith("Tracks: 500");
        model.hidden();
    }
}
