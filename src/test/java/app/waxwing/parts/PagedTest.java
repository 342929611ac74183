package app.waxwing.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PagedTest {
    private record Row(long row, String name) {}

    private record Asked(long[] rows, CompletableFuture<List<Row>> answer) {
        void answer(String prefix) {
            answer.complete(Arrays.stream(rows).mapToObj(r -> new Row(r, prefix + r)).toList());
        }
    }

    private final List<Asked> asked = new ArrayList<>();
    private final List<Paged.Loaded> told = new ArrayList<>();
    private final Paged<Row> paged = new Paged<>(rows -> {
        var one = new Asked(rows, new CompletableFuture<>());
        asked.add(one);
        return one.answer();
    }, Row::row, Runnable::run);

    private void many(int n) {
        paged.onLoaded(told::add);
        paged.rows(LongStream.range(1000, 1000 + n).toArray());
    }

    @Test
    void asks_for_a_page_when_a_row_is_seen_and_tells_when_it_is_here() {
        many(1000);
        assertThat(paged.get(70)).isEmpty();
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().rows()).startsWith(1064).hasSize(Paged.PAGE);
        asked.getFirst().answer("a");
        assertThat(told).containsExactly(new Paged.Loaded(64, 128));
        assertThat(paged.get(70)).contains(new Row(1070, "a1070"));
        assertThat(asked).hasSize(1);
    }

    @Test
    void an_answer_that_is_here_at_once_is_shown_at_once() {
        var instant = new Paged<Row>(rows -> CompletableFuture.completedFuture(Arrays.stream(rows).mapToObj(r -> new Row(r, "x")).toList()),
                Row::row, Runnable::run);
        instant.rows(new long[]{7, 8});
        assertThat(instant.get(0)).contains(new Row(7, "x"));
    }

    @Test
    void a_flick_through_100000_rows_asks_for_a_handful_of_pages_the_last_seen_first() {
        many(100_000);
        for (int i = 0; i < 100_000; i += 30) assertThat(paged.get(i)).isEmpty();
        assertThat(asked).hasSize(2);
        for (int i = 0; i < asked.size(); i++) asked.get(i).answer("a");
        assertThat(asked.size()).isLessThan(12);
        assertThat(asked.get(2).rows()[0]).as("the last page seen").isEqualTo(1000 + 99_970 / 64 * 64);
    }

    @Test
    void records_of_before_are_shown_until_the_new_ones_are_here() {
        many(10);
        paged.get(0);
        asked.getFirst().answer("old");
        paged.rows(new long[]{1003, 5, 1001});
        assertThat(paged.get(0)).contains(new Row(1003, "old1003"));
        assertThat(paged.get(1)).isEmpty();
        asked.get(1).answer("new");
        assertThat(paged.get(0)).contains(new Row(1003, "new1003"));
        assertThat(paged.get(1)).contains(new Row(5, "new5"));
    }

    @Test
    void an_answer_to_an_older_list_is_dropped() {
        many(10);
        paged.get(0);
        paged.rows(new long[]{1, 2});
        paged.get(0);
        asked.get(0).answer("old");
        assertThat(paged.get(0)).isEmpty();
        asked.get(1).answer("new");
        assertThat(paged.get(0)).contains(new Row(1, "new1"));
    }

    @Test
    void rows_that_are_gone_stay_empty_and_a_failure_is_not_asked_for_ever() {
        many(3);
        paged.get(0);
        asked.getFirst().answer().complete(List.of(new Row(1002, "c")));
        assertThat(paged.get(0)).isEmpty();
        assertThat(paged.get(2)).contains(new Row(1002, "c"));
        paged.refresh();
        paged.get(0);
        asked.get(1).answer().completeExceptionally(new IllegalStateException("read failed"));
        paged.get(0);
        paged.get(1);
        assertThat(asked).hasSize(2);
    }
}
