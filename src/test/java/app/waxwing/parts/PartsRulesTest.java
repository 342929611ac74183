package app.waxwing.parts;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.download.KeepSet.KeepState;
import app.waxwing.library.Availability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartsRulesTest {
    @ParameterizedTest(name = "{0} tracks, {1} wanted, {2} here, {3} run, {4} paused, {5} failed: {6}")
    @CsvSource({"12,0,0,0,0,0,AVAILABLE", "12,12,0,0,0,0,QUEUED", "12,12,3,1,0,0,DOWNLOADING", "12,12,3,0,9,0,PAUSED",
            "12,12,12,0,0,0,COMPLETED",
            "12,12,10,0,0,2,FAILED", "12,9,9,0,0,0,AVAILABLE", "12,12,3,1,4,2,DOWNLOADING", "12,12,3,0,4,2,QUEUED", "0,0,0,0,0,0,AVAILABLE",
            "12,12,6,0,4,2,FAILED"})
    @DisplayName("2.17 the download button's states")
    void the_button_shows_what_is_most_worth_knowing(int total, int wanted, int here, int running, int paused, int failed,
            KeepLook.State expected) {
        assertThat(KeepLook.of(new KeepState(total, wanted, here, running, paused, failed, 0.5)).state()).isEqualTo(expected);
    }

    @Test
    void a_narrow_table_drops_the_most_expendable_columns_first_and_fills_its_width() {
        var all = List.of(TrackColumn.values());
        assertThat(ColumnLayout.place(all, 1400)).hasSize(all.size());
        var narrow = ColumnLayout.place(all, 520);
        assertThat(narrow).containsKeys(TrackColumn.NUMBER, TrackColumn.TITLE, TrackColumn.TIME, TrackColumn.MORE)
                .doesNotContainKeys(TrackColumn.GENRE, TrackColumn.PLAYS);
        for (double width : new double[]{300, 520, 800, 1400}) {
            var places = ColumnLayout.place(all, width).values();
            double end = places.stream().mapToDouble(p -> p.x() + p.width()).max().orElseThrow();
            assertThat(end).isBetween(Math.min(width, 284), width + 0.01);
        }
    }

    @Test
    @org.junit.jupiter.api.DisplayName("Issue 4 columns of figures give room to words that would be cut, and have all of theirs where there is enough")
    void words_before_figures() {
        List<TrackColumn> usual = List.of(TrackColumn.NUMBER, TrackColumn.TITLE, TrackColumn.ARTIST, TrackColumn.ALBUM, TrackColumn.YEAR,
                TrackColumn.PLAYS, TrackColumn.MARK, TrackColumn.HEART, TrackColumn.TIME, TrackColumn.MORE);
        var narrow = ColumnLayout.place(usual, 830);
        assertThat(narrow).hasSize(usual.size());
        assertThat(narrow.get(TrackColumn.ALBUM))
                .extracting(ColumnLayout.Place::width, org.assertj.core.api.InstanceOfAssertFactories.DOUBLE)
                .isGreaterThan(140);
        var wide = ColumnLayout.place(usual, 1_400);
        for (TrackColumn column : List.of(TrackColumn.PLAYS, TrackColumn.MARK, TrackColumn.YEAR)) {
            assertThat(wide.get(column)).extracting(ColumnLayout.Place::width).isEqualTo(column.least());
        }
    }

    @Test
    void covers_fill_the_width_and_arrow_keys_stay_inside() {
        for (double width = 60; width < 3000; width += 37) {
            var g = GridGeometry.covers(width);
            assertThat(g.columns() * g.edge() + (g.columns() - 1) * g.gap()).isLessThanOrEqualTo(width);
            assertThat(g.move(0, 100_000, -1, 0)).isZero();
            assertThat(g.move(99_999, 100_000, 0, 1)).isEqualTo(99_999);
        }
        assertThat(GridGeometry.covers(840).columns()).isEqualTo(5);
        assertThat(GridGeometry.covers(840).rows(100_000)).isEqualTo(20_000);
    }

    @Test
    void only_what_does_not_play_is_dimmed_offline() {
        assertThat(Stream.of(Availability.values()).filter(a -> Marks.dim(a, true))).containsExactly(Availability.REMOTE,
                Availability.GONE, Availability.AWAY);
        assertThat(Stream.of(Availability.values()).filter(a -> Marks.dim(a, false))).containsExactly(Availability.GONE);
    }

    @Test
    void an_older_answer_never_overwrites_a_newer_one_and_content_stays_while_asking_again() {
        List<CompletableFuture<String>> asked = new ArrayList<>();
        var question = new Question<>(Runnable::run, () -> {
            asked.add(new CompletableFuture<>());
            return asked.getLast();
        });
        question.ask();
        assertThat(question.state().get()).isInstanceOf(app.waxwing.parts.Asked.Waiting.class);
        question.ask();
        asked.get(1).complete("new");
        asked.get(0).complete("old");
        assertThat(question.value()).contains("new");
        question.ask();
        assertThat(question.value()).contains("new");
        asked.get(2).completeExceptionally(new Failure.Corrupt("library").asException());
        assertThat(question.state().get()).isEqualTo(new app.waxwing.parts.Asked.Failed<>(new Failure.Corrupt("library")));
    }

    @Test
    @DisplayName("issue 4 the beginning of a long answer is shown until it is here, and never instead of what is shown already")
    void aBeginning() {
        List<CompletableFuture<String>> asked = new ArrayList<>();
        List<CompletableFuture<String>> begun = new ArrayList<>();
        var question = new Question<>(Runnable::run, () -> {
            asked.add(new CompletableFuture<>());
            return asked.getLast();
        }, () -> {
            begun.add(new CompletableFuture<>());
            return Optional.of(begun.getLast());
        });
        question.ask();
        begun.getFirst().complete("abc");
        assertThat(question.value()).contains("abc");
        asked.getFirst().complete("abcdef");
        assertThat(question.value()).contains("abcdef");
        question.ask();
        assertThat(begun).as("asked again because something changed").hasSize(1);
        question.askAnew();
        assertThat(question.value()).contains("abcdef");
        asked.get(2).complete("fedcba");
        begun.get(1).complete("fed");
        assertThat(question.value()).as("later than the whole").contains("fedcba");
        question.askAnew();
        question.askAnew();
        begun.get(2).complete("old");
        assertThat(question.value()).contains("fedcba");
        begun.get(3).completeExceptionally(new Failure.Corrupt("library").asException());
        assertThat(question.value()).contains("fedcba");
    }
}
