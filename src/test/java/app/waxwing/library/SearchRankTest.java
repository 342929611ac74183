package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SearchRankTest {
    private record Row(String title, String artist, long plays) {}

    private static final List<Row> RIGHT = List.of(new Row("Played a lot", "The Help", 9), new Row("Never played", "Help", 0),
            new Row("Yesterday", "Beatles", 40), new Row("Help me", "Joni", 5), new Row("Help!", "Beatles", 0),
            new Row("The Help", "Somebody", 0), new Row("Help Yourself", "Tom Jones", 0), new Row("Cry for Help", "Rick Astley", 0));

    @Test
    @DisplayName("The exact artist first, then what is played most, then the closest title")
    void order() {
        var rows = new ArrayList<>(RIGHT);
        Collections.shuffle(rows, new Random(3));
        rows.sort(Comparator.comparing(r -> SearchRank.of("help", r.title, r.artist, r.plays)));
        assertThat(rows).isEqualTo(RIGHT);
    }

    @Test
    @DisplayName("Plays count by order of magnitude: a play more does not outweigh the title")
    void magnitude() {
        assertThat(SearchRank.of("help", "Help", "A", 40)).isLessThan(SearchRank.of("help", "Cry for Help", "A", 41));
        assertThat(SearchRank.of("help", "Cry for Help", "A", 400)).isLessThan(SearchRank.of("help", "Help", "A", 40));
    }

    @Test
    @DisplayName("An artist's first letter alone never hides the exact artist, whatever letters, marks and signs it is written with")
    void firstLetter() {
        for (String artist : List.of("Queen", "The Beatles", "Björk", "Ólafur Arnalds", "Łąki Łan", "(hed) p.e.", "!!!", "...And Oceans",
                "R.E.M.", "AC/DC", "50 Cent", "東京事変", "Ⓐ Band", "’Til Tuesday", "Æther", "ţara", "İstanbul", "")) {
            for (String typed : List.of(artist, artist.toUpperCase(java.util.Locale.ROOT), artist.replace("The ", ""))) {
                String wanted = SearchText.words(typed);
                boolean same = !wanted.isEmpty()
                        && List.of(wanted, "the " + wanted).contains(SearchText.words(artist));
                assertThat(SearchRank.of(wanted, "A title", artist, 0).exactArtist()).as(artist).isEqualTo(same);
            }
        }
        assertThat(SearchRank.of("queen", "A title", "Queens of the Stone Age", 0).exactArtist()).isFalse();
        assertThat(SearchRank.of("queen", "A title", "Muse", 0).exactArtist()).isFalse();
    }
}
