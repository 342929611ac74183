package app.waxwing.shell;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.library.Library;
import app.waxwing.library.LibrarySync;
import app.waxwing.server.ItemKind;
import app.waxwing.testing.ui.FakeNotices;
import app.waxwing.testing.ui.FakeServices;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HeldViewModelTest {
    private final FakeServices fake = FakeServices.sample();
    private final LibrarySync.Held held = new LibrarySync.Held(fake.account().id(), "music", "Music",
            Map.of(ItemKind.TRACK, new LibrarySync.Missing(2_310, 18_230)), Instant.EPOCH);

    @Test
    @DisplayName("4.19 the question follows what the command line answers and takes back")
    void followsTheCommandLine() {
        try (var model = new HeldViewModel(fake.services(), new FakeNotices(), Runnable::run)) {
            assertThat(model.questionProperty().get()).isEmpty();
            fake.sync.held.add(held);
            fake.library.changes.publish(Library.Change.CONTENT);
            assertThat(model.questionProperty().get()).as("taken back").hasValueSatisfying(q -> assertThat(q.held()).isEqualTo(held));
            fake.sync.held.clear();
            fake.library.changes.publish(Library.Change.CONTENT);
            assertThat(model.questionProperty().get()).as("answered").isEmpty();
        }
    }

    @Test
    @DisplayName("4.19 while an answer is carried out nothing asks the same again, whatever changes meanwhile")
    void notTwice() {
        fake.sync.held.add(held);
        fake.sync.answering = new CompletableFuture<>();
        try (var model = new HeldViewModel(fake.services(), new FakeNotices(), Runnable::run)) {
            model.gone();
            fake.library.changes.publish(Library.Change.CONTENT);
            assertThat(model.questionProperty().get()).isEmpty();
            fake.sync.held.add(new LibrarySync.Held(fake.account().id(), "talks", "Talks", held.missing(), Instant.EPOCH));
            fake.sync.answering.complete(100);
            assertThat(model.questionProperty().get()).as("then the next one").hasValueSatisfying(
                    q -> assertThat(q.held().folder()).isEqualTo("talks"));
        }
    }
}
