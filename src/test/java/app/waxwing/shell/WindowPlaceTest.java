package app.waxwing.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowPlaceTest {
    @ParameterizedTest(name = "{0}: {1} on {2}")
    @DisplayName("the window opens as it was left, and never where it cannot be reached or with a part of it cut off")
    @CsvSource(delimiter = '|', textBlock = """
            first start, room enough          | 1440 900          | 0 0 1920 1080                 | 1440 900
            first start, a small laptop       | 1440 900          | 0 0 1280 800                  | 1264 760
            first start, a panel at the left  | 1440 900          | 60 28 1306 740                | 1290 700
            as it was left                    | 1200 800 100 50   | 0 0 1920 1080                 | 1200 800 100 50
            on the second screen              | 1200 800 2000 50  | 0 0 1920 1080, 1920 0 1920 1080 | 1200 800 2000 50
            the second screen is gone         | 1200 800 2000 50  | 0 0 1920 1080                 | 1200 800
            a screen to the left is gone      | 1200 800 -1500 50 | 0 0 1920 1080                 | 1200 800
            half outside, as the user put it  | 1200 800 1000 50  | 0 0 1920 1080                 | 1200 800 1000 50
            a smaller screen                  | 1800 1000 100 60  | 0 0 1280 800                  | 1264 760 0 0
            mostly on the larger one          | 1440 900 1100 50  | 0 0 1280 800, 1280 0 2560 1440 | 1440 900 1100 50
            as large as the screen            | 1920 1080 0 0     | 0 0 1920 1080                 | 1920 1080 0 0
            another screen, just as wide      | 1440 900 240 90   | 0 0 1440 860                  | 1424 820 0 0
            its title above the screen        | 1200 800 100 -90  | 0 0 1920 1080                 | 1200 800
            its title below the screen        | 1200 800 100 1070 | 0 0 1920 1080                 | 1200 800
            """)
    void table(String name, String left, String screens, String opens) {
        List<Rectangle2D> all = Arrays.stream(screens.split(",")).map(WindowPlaceTest::numbers)
                .map(n -> new Rectangle2D(n[0], n[1], n[2], n[3])).toList();
        WindowMemory.Look fitted = WindowPlace.fitted(look(left), all);
        assertThat(fitted).isEqualTo(look(opens));
    }

    private static double[] numbers(String words) {
        return Arrays.stream(words.strip().split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static WindowMemory.Look look(String words) {
        double[] n = numbers(words);
        WindowMemory.Look f = WindowMemory.Look.FIRST;
        return new WindowMemory.Look(n[0], n[1], n.length > 2 ? Optional.of(new WindowMemory.Place(n[2], n[3])) : Optional.empty(),
                f.maximised(), f.railFolded(), f.panelOpen(), f.panelWidth(), f.panelTab(), f.theme(), f.playableOnly());
    }
}
