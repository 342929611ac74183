package app.waxwing.control;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.testing.ui.FakeServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NetworkCommandTest {
    private final FakeServices fake = FakeServices.sample();
    private final Commands commands = new Commands(this::engines);
    private final List<Doc> out = new ArrayList<>();

    @SuppressWarnings("NullAway") // what this command does not ask for
    private Engines engines() {
        return new Engines(null, null, fake.accounts, fake.library, fake.sync, null, fake.userState, fake.outbox, fake.downloads,
                fake.downloads, fake.player, null, null, null, null, null);
    }

    private Exit run(String... words) {
        out.clear();
        return commands.run(new Request(List.of(words), Optional.empty()), out::add, () -> false).exit();
    }

    @Test
    @DisplayName("B.36 the question whether a network costs is asked and answered on the command line too, and the answer is taken back there")
    void network() {
        assertThat(run("downloads", "network", "free")).as("nothing is asked").isEqualTo(Exit.NOTHING);
        assertThat(run("downloads", "network")).isEqualTo(Exit.DONE);
        assertThat(Wire.text(out.getFirst())).contains("\"asked\":false");
        fake.downloads.unknownNetwork = Optional.of("Pixel");
        run("downloads", "network");
        assertThat(Wire.text(out.getFirst())).contains("\"network\":\"Pixel\"", "\"asked\":true");
        assertThat(run("downloads", "network", "dear")).isEqualTo(Exit.USAGE);
        assertThat(run("downloads", "network", "costs")).isEqualTo(Exit.DONE);
        assertThat(fake.downloads.asked).containsExactly("Pixel costs");
        assertThat(Wire.text(out.getFirst())).contains("\"network\":\"Pixel\"", "\"answer\":\"costs\"");
        run("downloads", "network");
        assertThat(Wire.text(out.getFirst())).contains("\"network\":\"Pixel\"", "\"asked\":false", "\"answer\":\"costs\"");
        assertThat(run("downloads", "network", "free")).as("an answer is taken back").isEqualTo(Exit.DONE);
        assertThat(fake.downloads.asked).containsExactly("Pixel costs", "Pixel is free");
    }
}
