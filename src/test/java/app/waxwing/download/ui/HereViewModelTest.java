package app.waxwing.download.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.download.QueueChange;
import app.waxwing.testing.ManualTime;
import app.waxwing.testing.ui.FakeNotices;
import app.waxwing.testing.ui.FakeServices;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HereViewModelTest {
    private final FakeServices services = FakeServices.sample();
    private final ManualTime time = new ManualTime();
    private final HereViewModel model = new HereViewModel(services.downloads, services.downloads, services.library, time, Runnable::run,
            new FakeNotices());

    private String words() {
        return DownloadWords.space(model.space().get().orElseThrow());
    }

    @Test
    @DisplayName("issue 3 «the music folder is not there» is said as soon as its drive is found away, and goes as soon as it is back")
    void awayAndBack() {
        model.shown();
        assertThat(words()).isEqualTo("kept 6.0 GB · cached 900 MB · free 61 GB");
        services.downloads.away = Optional.of(new Failure.StoreMissing("/media/usb"));
        services.downloads.folders.tell();
        time.pass(Duration.ofMillis(200));
        assertThat(words()).isEqualTo("kept 6.0 GB · cached 900 MB · the music folder is not there");
        assertThat(model.space().get().orElseThrow().free()).isZero();
        services.downloads.away = Optional.empty();
        services.downloads.folders.tell();
        time.pass(Duration.ofMillis(200));
        assertThat(words()).endsWith("free 61 GB");
        services.downloads.away = Optional.of(new Failure.NotWritable("/media/usb"));
        services.downloads.tell(QueueChange.ALL);
        time.pass(Duration.ofMillis(200));
        assertThat(words()).as("a download met it before anybody looked").endsWith("the music folder cannot be written");
        model.hidden();
        services.downloads.away = Optional.empty();
        services.downloads.folders.tell();
        time.pass(Duration.ofSeconds(1));
        assertThat(words()).as("nobody looks").endsWith("the music folder cannot be written");
    }
}
