package app.waxwing.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FormatsTest {
    @Test
    void timesReadAsPeopleReadThem() {
        assertThat(Formats.time(Duration.ofSeconds(268))).isEqualTo("4:28");
        assertThat(Formats.time(Duration.ofMillis(3_723_900))).isEqualTo("1:02:03");
        assertThat(Formats.time(Duration.ofSeconds(-4))).isEqualTo("0:00");
        assertThat(Formats.total(Duration.ofSeconds(48 * 60 + 10))).isEqualTo("48 min");
        assertThat(Formats.total(Duration.ofMinutes(192))).isEqualTo("3 h 12 min");
        assertThat(Formats.total(Duration.ofSeconds(59 * 60 + 45))).isEqualTo("1 h");
    }

    @Test
    void aPartIsNeverCalledWholeBeforeItIs() {
        assertThat(Formats.percent(0.999)).isEqualTo("99 %");
        assertThat(Formats.percent(1)).isEqualTo("100 %");
    }

    @Test
    void textsFillInAndCount() {
        assertThat(Texts.count("queue.ready", 5)).isEqualTo("next 5 ready offline");
        assertThat(Texts.count("foot.changes", 1)).isEqualTo("1 change waits for the server");
        assertThat(Texts.of("command.go", "Fern's «{0}»")).isEqualTo("Go to Fern's «{0}»");
    }
}
