package app.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.testing.ManualTime;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StatementsTest {
    @Test
    @DisplayName("4.17 a statement is slow from 100 ms on, to the nanosecond; the newest twenty are kept with their time, the newest first")
    void slowFromAHundredMilliseconds() {
        var statements = new Statements(new ManualTime(), () -> {});
        long limit = Duration.ofMillis(100).toNanos();
        statements.ran("just below", limit - 1);
        assertThat(statements.slow()).isEmpty();
        assertThat(statements.figures(0, 0).slow()).isZero();
        statements.ran("just there", limit);
        assertThat(statements.slow()).singleElement().matches(s -> s.sql().equals("just there") && s.took().equals(Duration.ofMillis(100)));
        assertThat(statements.figures(0, 0)).matches(f -> f.slow() == 1 && f.statements() == 2);
        for (int i = 1; i <= 25; i++) statements.ran("statement " + i, limit + i);
        assertThat(statements.slow()).extracting(Database.Slow::sql)
                .containsExactlyElementsOf(IntStream.iterate(25, i -> i - 1).limit(20).mapToObj(i -> "statement " + i).toList());
        assertThat(statements.figures(0, 0).slow()).isEqualTo(26);
    }

    @Test
    @DisplayName("4.17 a transaction of 100 ms counts as a slow statement, unless one of its own was counted already; many quick ones hold everybody up too")
    void slowTransactions() {
        var time = new ManualTime();
        var statements = new Statements(time, () -> {});
        long began = statements.begins();
        for (int i = 0; i < 3; i++) statements.ran("quick", 1);
        time.pass(Duration.ofMillis(99));
        statements.transaction("a write", began);
        assertThat(statements.figures(0, 0)).matches(f -> f.slow() == 0 && f.transactions() == 1);
        began = statements.begins();
        for (int i = 0; i < 3; i++) statements.ran("quick", 1);
        time.pass(Duration.ofMillis(5_033));
        statements.transaction("a write", began);
        assertThat(statements.figures(0, 0).slow()).isEqualTo(1);
        assertThat(statements.slow()).singleElement()
                .matches(s -> s.sql().equals("a write of 3 statements") && s.took().equals(Duration.ofMillis(5_033)));
        began = statements.begins();
        statements.ran("slow itself", Duration.ofMillis(200).toNanos());
        time.pass(Duration.ofMillis(200));
        statements.transaction("a read", began);
        assertThat(statements.figures(0, 0).slow()).as("once").isEqualTo(2);
        assertThat(statements.slow()).extracting(Database.Slow::sql).containsExactly("slow itself", "a write of 3 statements");
    }
}
