package app.waxwing.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ListenersTest {
    private final Events<String> events = new Events<>();
    private final List<String> heard = new ArrayList<>();

    @Test
    @DisplayName("A listener that throws keeps the event from nobody; an error is the publisher's too, after all have heard")
    void whatListenersThrow() {
        events.subscribe(e -> {
            throw new IllegalStateException("mine alone");
        });
        events.subscribe(heard::add);
        events.publish("one");
        events.subscribe(e -> {
            throw new NoClassDefFoundError("gone");
        });
        events.subscribe(e -> heard.add(e + " at last"));
        assertThatThrownBy(() -> events.publish("two")).isInstanceOf(NoClassDefFoundError.class);
        assertThat(heard).containsExactly("one", "two", "two at last");
    }
}
