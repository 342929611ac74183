package app.waxwing.control;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.testing.ui.FakeServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What `--sort` takes of each list.
class ListCommandsTest {
    private final FakeServices fake = FakeServices.sample();
    private final Commands commands = new Commands(this::engines);
    private final List<Doc> out = new ArrayList<>();

    @SuppressWarnings("NullAway") // what lists do not ask for
    private Engines engines() {
        return new Engines(null, null, fake.accounts, fake.library, fake.sync, null, fake.userState, fake.outbox, fake.downloads,
                fake.downloads, fake.player, null, null, null, null, null);
    }

    private Commands.Outcome run(String... words) {
        out.clear();
        return commands.run(new Request(List.of(words), Optional.empty()), out::add, () -> false);
    }

    private void takes(String list, String... keys) {
        for (String key : keys) {
            assertThat(run(list, "--sort", key).exit()).as("%s by %s", list, key).isEqualTo(Exit.DONE);
            assertThat(out).hasSize(1);
        }
    }

    private void refuses(String list, String sentence, String... keys) {
        for (String key : keys) {
            Commands.Outcome outcome = run(list, "--sort", key);
            assertThat(outcome.exit()).as("%s by %s", list, key).isEqualTo(Exit.USAGE);
            assertThat(outcome.sentence()).isEqualTo(sentence + ", not «" + key + "».");
            assertThat(out).isEmpty();
        }
    }

    @Test
    @DisplayName("Issue 4 `--sort` takes what the items of a list have")
    void taken() {
        takes("tracks", "title", "artist", "album", "year", "added", "duration", "genre", "size", "file-size", "plays", "played", "random");
        takes("albums", "title", "name", "album", "artist", "year", "added", "duration", "plays", "played", "random");
        takes("artists", "name", "title", "artist", "Plays", "played", "random");
        takes("playlists", "title", "name", "duration", "tracks", "random");
        takes("genres", "name", "title", "genre", "tracks", "random");
    }

    @Test
    @DisplayName("Issue 4 `--sort` by what no item of a list has is wrong usage, in one sentence that names what there is")
    void refused() {
        refuses("artists", "--sort of artists is name, plays, played or random", "year", "added", "album", "duration", "size", "tracks");
        refuses("playlists", "--sort of playlists is title, duration, tracks or random", "added", "year", "plays", "played", "artist");
        refuses("genres", "--sort of genres is name, tracks or random", "year", "plays", "artist", "loudness");
        refuses("albums", "--sort of albums is title, artist, year, added, duration, plays, played or random", "size", "genre", "tracks");
        refuses("tracks",
                "--sort of tracks is title, artist, album, year, added, duration, genre, size, file-size, plays, played or random",
                "tracks", "");
    }
}
