package app.waxwing.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DemoProcessTest {
    @Test
    void theServerRunsInAProcessOfItsOwnAndItsPortDiesWithIt() {
        try (var process = DemoProcess.start("--version", "12.0.0", "--base", "/music"); var calls = new JellyfinCalls(process.url())) {
            assertThat(calls.login("demo", "demo").read("/System/Info/Public").path("Version").asString()).isEqualTo("12.0.0");
            process.close();
            assertThatThrownBy(() -> calls.get("/System/Ping")).hasRootCauseInstanceOf(java.io.IOException.class);
        }
    }
}
