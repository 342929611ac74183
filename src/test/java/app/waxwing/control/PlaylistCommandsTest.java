package app.waxwing.control;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.TwoServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a script reads when it puts tracks of two servers into one playlist.
class PlaylistCommandsTest {
    private final FakeServices fake = TwoServers.services();
    private final Commands commands = new Commands(this::engines);
    private final List<Doc> out = new ArrayList<>();

    @SuppressWarnings("NullAway") // what playlist commands do not ask for
    private Engines engines() {
        return new Engines(null, null, fake.accounts, fake.library, fake.sync, null, fake.userState, fake.outbox, fake.downloads,
                fake.downloads, fake.player, null, null, null, null, null);
    }

    private Commands.Outcome run(String... words) {
        out.clear();
        return commands.run(new Request(List.of(words), Optional.empty()), out::add, () -> false);
    }

    @Test
    @DisplayName("Issue 4 `playlist create` and `playlist add` say how many tracks of another server are left out, and why; only such are refused")
    void leftOut() {
        String mine = fake.music.tracks.getFirst().key().id();
        assertThat(run("playlist", "create", "Evening", mine, "attic-0", "attic-1").exit()).isEqualTo(Exit.DONE);
        assertThat(out.getFirst().fields()).containsEntry("leftOut", 2).containsEntry("note",
                "2 tracks of attic are left out: a playlist lives on one server.");
        assertThat(run("playlist", "create", "Evening", mine).exit()).isEqualTo(Exit.DONE);
        assertThat(out.getFirst().fields()).doesNotContainKeys("leftOut", "note");
        assertThat(run("playlist", "add", "attic-list", mine, "attic-2").exit()).isEqualTo(Exit.DONE);
        assertThat(out.getFirst().fields()).containsEntry("note", "1 track of home-server is left out: a playlist lives on one server.");
        Commands.Outcome refused = run("playlist", "add", "attic-list", mine);
        assertThat(refused.exit()).isEqualTo(Exit.FAILED);
        assertThat(refused.sentence()).isEqualTo("Nothing was added: a playlist lives on one server, and this track is on home-server.");
        assertThat(out).isEmpty();
    }
}
