package app.waxwing.control;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.library.LibrarySync;
import app.waxwing.library.LibrarySync.Held;
import app.waxwing.library.LibrarySync.Missing;
import app.waxwing.server.ItemKind;
import app.waxwing.testing.ui.FakeServices;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a script reads about a sync, and how it answers what is asked.
class SyncCommandsTest {
    private final FakeServices fake = FakeServices.sample();
    private final Commands commands = new Commands(this::engines);
    private final List<Doc> out = new ArrayList<>();

    @SuppressWarnings("NullAway") // what sync commands do not ask for
    private Engines engines() {
        return new Engines(null, null, fake.accounts, fake.library, fake.sync, null, fake.userState, fake.outbox, fake.downloads,
                fake.downloads, fake.player, null, null, null, null, null);
    }

    private Commands.Outcome run(String... words) {
        out.clear();
        return commands.run(new Request(List.of(words), Optional.empty()), out::add, () -> false);
    }

    private void ask(String folder, String title) {
        fake.sync.held.add(new Held(fake.account().id(), folder, title, Map.of(ItemKind.TRACK, new Missing(100, 1_000)), Instant.EPOCH));
    }

    @Test
    @DisplayName("`sync` and `sync held` tell of what is held; «gone» and «keep» answer, by the library's name where there are several")
    void held() {
        assertThat(run("sync", "gone").exit()).isEqualTo(Exit.NOTHING);
        ask("f1", "Music");
        ask("f2", "Talks");
        run("sync");
        assertThat(out.getFirst().fields().get("held")).asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST).hasSize(2);
        run("sync", "held");
        assertThat(Wire.text(out.getFirst())).contains("\"library\":\"" + fake.account().id() + ":f1\"", "\"title\":\"Music\"",
                "\"tracks\":{\"missing\":100,\"known\":1000}", "\"total\":2");
        assertThat(run("sync", "gone").exit()).as("which one?").isEqualTo(Exit.USAGE);
        assertThat(run("sync", "gone", "films").exit()).isEqualTo(Exit.NOT_FOUND);
        assertThat(run("sync", "gone", "talks").exit()).isEqualTo(Exit.DONE);
        assertThat(out.getFirst().fields()).containsEntry("answer", "gone").containsEntry("items", 100);
        assertThat(run("sync", "keep").exit()).isEqualTo(Exit.DONE);
        assertThat(fake.sync.answers).containsExactly("gone " + fake.account().id() + " f2", "keep " + fake.account().id() + " f1");
    }

    @Test
    @DisplayName("Issue 4 `sync undo` takes back the newest «sync gone», or that of a library, and says when there is none")
    void undo() {
        assertThat(run("sync", "undo").exit()).isEqualTo(Exit.NOTHING);
        long home = fake.account().id();
        fake.sync.answered.add(new LibrarySync.Answered(home, "f2", "Talks", Instant.EPOCH.plusSeconds(9)));
        fake.sync.answered.add(new LibrarySync.Answered(home, "f1", "Music", Instant.EPOCH));
        fake.sync.answered.add(new LibrarySync.Answered(home + 77, "f3", "Another user's", Instant.EPOCH));
        assertThat(run("sync", "undo", "another user's").exit()).isEqualTo(Exit.NOT_FOUND);
        assertThat(run("sync", "undo").exit()).isEqualTo(Exit.DONE);
        assertThat(out.getFirst().fields()).containsEntry("library", home + ":f2").containsEntry("items", 100);
        assertThat(run("sync", "undo", "music").exit()).isEqualTo(Exit.DONE);
        assertThat(fake.sync.answers).containsExactly("undo " + home + " f2", "undo " + home + " f1");
    }

    @Test
    @DisplayName("Issue 4 a sync that was stopped says so in its document, in a sentence and with exit code 1; `sync stop` stops it, or says that none runs")
    void stopped() {
        assertThat(run("sync").exit()).isEqualTo(Exit.DONE);
        assertThat(out.getFirst().fields()).containsEntry("stopped", false);
        assertThat(run("sync", "stop").exit()).isEqualTo(Exit.NOTHING);
        fake.sync.running = true;
        assertThat(run("sync", "stop").exit()).isEqualTo(Exit.DONE);
        assertThat(fake.sync.answers).contains("stop " + fake.account().id());
        fake.sync.stopped = true;
        Commands.Outcome ended = run("sync", "--full");
        assertThat(ended.exit()).isEqualTo(Exit.FAILED);
        assertThat(ended.code()).isEqualTo("stopped");
        assertThat(ended.sentence()).isEqualTo("The sync was stopped before its end; the next one goes on from there.");
        assertThat(out).hasSize(1);
        assertThat(out.getFirst().fields()).containsEntry("stopped", true).containsKey("tracks");
    }

    @Test
    @DisplayName("`sync --follow` prints a document a page, `sync status` the last time and what was left out, `sync choose` takes libraries in and out")
    void followStatusAndLibraries() {
        fake.sync.folders.add(new LibrarySync.Folder("f1", "Music", true, 10));
        fake.sync.folders.add(new LibrarySync.Folder("f2", "Talks", true, 5));
        fake.sync.last.put(fake.account().id(),
                new LibrarySync.Last(Optional.of(Instant.parse("2026-11-28T09:41:00Z")), 3, 0, Optional.empty()));
        run("sync", "status");
        assertThat(Wire.text(out.getFirst())).contains("\"updated\":\"2026-11-28T09:41:00Z\"", "\"unusable\":3", "\"moved\":0")
                .doesNotContain("movedAt");
        fake.sync.last.put(fake.account().id(),
                new LibrarySync.Last(Optional.of(Instant.parse("2026-11-28T09:41:00Z")), 3, 12,
                        Optional.of(Instant.parse("2026-11-27T08:00:00Z"))));
        run("sync", "status");
        assertThat(Wire.text(out.getFirst())).as("also of a sync that nobody asked for")
                .contains("\"moved\":12", "\"movedAt\":\"2026-11-27T08:00:00Z\"");
        assertThat(run("sync", "choose", "talks", "maybe").exit()).isEqualTo(Exit.USAGE);
        assertThat(run("sync", "choose", "films", "off").exit()).isEqualTo(Exit.NOT_FOUND);
        assertThat(run("sync", "choose", "talks", "off").exit()).isEqualTo(Exit.DONE);
        assertThat(fake.sync.answers).containsExactly("off " + fake.account().id() + " f2");
        run("sync", "libraries");
        assertThat(Wire.text(out.getFirst())).contains("\"title\":\"Talks\"", "\"synced\":false");
        fake.sync.before = () -> fake.sync.progress.publish(new LibrarySync.Progress(fake.account().id(), "tracks", 4_500, 18_230, false));
        run("sync", "--follow");
        assertThat(out).hasSize(2);
        assertThat(out.getFirst().fields()).containsEntry("page", 10L).containsEntry("pages", 37L).containsEntry("done", 4_500L);
        assertThat(out.getLast().fields()).containsKey("held");
    }
}
