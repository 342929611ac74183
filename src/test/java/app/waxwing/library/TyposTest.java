package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TyposTest {
    private record Case(String typed, String other, int slips, boolean beginning) {}

    @Test
    @DisplayName("A letter wrong, left out, too many, or swapped with its neighbour is one slip")
    void table() {
        for (Case c : List.of(new Case("floyd", "floyd", 0, false), new Case("flod", "floyd", 1, false),
                new Case("flooyd", "floyd", 1, false),
                new Case("flyod", "floyd", 1, false), new Case("fluyd", "floyd", 1, false), new Case("loyd", "floyd", 1, false),
                new Case("floydd", "floyd", 1, false), new Case("metalica", "metallica", 1, false),
                new Case("metlaica", "metallica", 2, false),
                new Case("beetels", "beatles", 2, false), new Case("abcd", "wxyz", 3, false), new Case("flo", "floyd", 0, true),
                new Case("fol", "floyd", 1, true), new Case("mettal", "metallica", 1, true), new Case("beat", "boat", 1, true),
                new Case("longest", "lo", 3, true))) {
            assertThat(Typos.distance(c.typed, c.other, 2, c.beginning)).as("%s", c).isEqualTo(c.slips);
        }
        assertThat(Typos.distance("abcd", "abyz", 1, false)).as("more than the limit is the limit and one").isEqualTo(2);
    }

    @Test
    @DisplayName("The bounded distance is the whole distance wherever that is within the bound")
    void bounded() {
        var random = new Random(11);
        for (int i = 0; i < 3_000; i++) {
            String a = word(random);
            String b = word(random);
            int whole = Typos.distance(a, b, 20, false);
            for (int limit = 0; limit <= 3; limit++)
                assertThat(Typos.distance(a, b, limit, false)).as("seed 11: %s %s %d", a, b, limit).isEqualTo(Math.min(whole, limit + 1));
            int best = 20;
            for (int end = 0; end <= b.length(); end++) best = Math.min(best, Typos.distance(a, b.substring(0, end), 20, false));
            assertThat(Typos.distance(a, b, 2, true)).as("seed 11: %s %s", a, b).isEqualTo(Math.min(best, 3));
        }
    }

    private static String word(Random random) {
        var out = new StringBuilder();
        for (int n = random.nextInt(8); n >= 0; n--) out.append((char) ('a' + random.nextInt(3)));
        return out.toString();
    }

    @Test
    @DisplayName("None is forgiven in short words, one in 4–7 letters, two in longer ones")
    void near() {
        assertThat(List.of("", "abc", "abcd", "abcdefg", "abcdefgh").stream().map(Typos::allowed)).containsExactly(0, 0, 1, 1, 2);
        List<String> words = List.of("beatles", "battles", "beat", "eagles", "cat", "metallica", "夜");
        assertThat(Typos.near("beatels", words, false)).containsExactly("beatles");
        assertThat(Typos.near("eatl", words, false)).as("the middle of a word is no slip").isEmpty();
        assertThat(Typos.near("metalicca", words, false)).containsExactly("metallica");
        assertThat(Typos.near("ct", words, false)).isEmpty();
    }

    @Test
    @DisplayName("A letter too many in a word of four may be any of them")
    void shorter() {
        assertThat(Typos.shorter("cqat")).containsExactly("qat", "cat", "cqt", "cqa");
        assertThat(Typos.shorter("catt")).containsExactly("att", "ctt", "cat");
        assertThat(List.of("cat", "catty").stream().flatMap(w -> Typos.shorter(w).stream())).isEmpty();
    }
}
