package app.waxwing.account;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Threads;
import app.waxwing.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PingErrorTest {
    @Test
    @DisplayName("A ping that ends with an error counts as one without an answer: the next one is made in its time")
    void again() {
        var time = new ManualTime();
        var pings = new AtomicInteger();
        try (var reachability = new NetworkReachability(time, task -> Threads.logged(task).run(), account -> {
            if (pings.incrementAndGet() <= 3) throw new NoClassDefFoundError("not on the class path");
            return true;
        })) {
            reachability.accounts(List.of(1L));
            assertThat(pings).hasValue(1);
            time.pass(Duration.ofHours(1));
            assertThat(pings).hasValueGreaterThan(3);
            assertThat(reachability.online(1)).isTrue();
        }
    }
}
