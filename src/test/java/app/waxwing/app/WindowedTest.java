package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.AppPaths;
import app.waxwing.base.Events;
import app.waxwing.base.Threads;
import app.waxwing.kit.Theme;
import app.waxwing.store.Upgrade;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class WindowedTest {
    @Test
    @DisplayName("Issue 4, the start: what runs before the engines open makes no logger, whose configuration would be read first")
    void noLoggerBeforeTheWindow() {
        List<Class<?>> before = List.of(Launcher.class, Windowed.class, Opening.class, Restart.class, Takeover.class, Upgrade.class,
                Events.class, Threads.class, AppPaths.class, WindowApp.class, Theme.class);

        assertThat(before.stream().flatMap(type -> Arrays.stream(type.getDeclaredFields())).filter(f -> f.getType() == Logger.class)
                .map(Field::toString)).isEmpty();
    }
}
