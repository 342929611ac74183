package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.library.SearchQuery.Field;
import app.waxwing.library.SearchQuery.Term;
import app.waxwing.library.SearchQuery.Years;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SearchQueryTest {
    private static Term word(String words, boolean beginning) {
        return new Term(Field.ANY, words, beginning);
    }

    private static void understood(String text, SearchQuery query) {
        assertThat(SearchQuery.of(text)).as(text).isEqualTo(query);
    }

    private static SearchQuery words(Term... terms) {
        return new SearchQuery(List.of(terms), Optional.empty(), false, false);
    }

    @Test
    @DisplayName("Operators, quoted values and plain words; what is no operator is plain text (4.14)")
    void table() {
        understood("pink flo", words(word("pink", false), word("flo", true)));
        understood("artist:pink", words(new Term(Field.ARTIST, "pink", true)));
        understood("Artist:\"Pink Floyd\" wall", words(new Term(Field.ARTIST, "pink floyd", false), word("wall", true)));
        understood("wall artist:flo", words(word("wall", true), new Term(Field.ARTIST, "flo", true)));
        understood("album:\"the wal", words(new Term(Field.ALBUM, "the wal", true)));
        understood("genre:Hip-Hop", words(new Term(Field.GENRE, "hip hop", true)));
        understood("\"hey you\"", words(word("hey you", false)));
        understood("is:local is:favourite", new SearchQuery(List.of(), Optional.empty(), true, true));
        understood("is:favorite hey", new SearchQuery(List.of(word("hey", true)), Optional.empty(), false, true));
        understood("is:purple", words(word("is purple", true)));
        understood("artist:", words());
        understood("year:abc", words(word("year abc", true)));
        understood("hey title:you", words(word("hey", false), word("title you", true)));
        understood("AC/DC", words(word("ac dc", true)));
        understood("東京", words(word("東 京", true)));
        understood(" \t ", words());
        understood("\"", words());
        understood("artist:\"a\" OR title:\"b\"", words(new Term(Field.ARTIST, "a", false), word("or", false), word("title b", true)));
    }

    @Test
    @DisplayName("issue 4 signs beside words are left out, signs alone are a name; an «and» in quotes stands for every way to write it")
    void signs() {
        understood("!!!", words(word(SearchText.words("!!!"), true)));
        understood("( )", words(word(SearchText.words("()"), true)));
        understood("\"( )\"", words(word(SearchText.words("()"), false)));
        understood("simon & garf", words(word("simon", false), word("garf", true)));
        understood("!!! artist:x", words(new Term(Field.ARTIST, "x", true), word(SearchText.words("!!!"), true)));
        understood("artist:!!! wall", words(new Term(Field.ARTIST, SearchText.words("!!!"), true), word("wall", true)));
        understood("artist:\"Simon & Garfunkel\"", words(new Term(Field.ARTIST, "simon and garfunkel", false)));
        assertThat(new Term(Field.ARTIST, "simon and garfunkel", false).ways())
                .containsExactlyInAnyOrder("simon and garfunkel", "simon n garfunkel", "simon garfunkel");
        assertThat(word("n", false).ways()).containsExactly("n", "and");
        assertThat(word("n", true).ways()).containsExactly("n");
        assertThat(word("sand n", true).ways()).containsExactly("sand n");
    }

    @Test
    @DisplayName("issue 4 a year that is still being typed is all that it may become; one in quotes is text")
    void unfinishedYears() {
        var table = List.of(new Object[]{"1", 1000, 1999}, new Object[]{"19", 1900, 1999}, new Object[]{"199", 1990, 1999},
                new Object[]{"1994", 1994, 1994}, new Object[]{"1990-", 1990, 9999}, new Object[]{"1990-1", 1990, 1999},
                new Object[]{"1990-2", 1990, 2999}, new Object[]{"1990-199", 1990, 1999}, new Object[]{"1990-18", 1990, 9999},
                new Object[]{"1990.", 1990, 9999}, new Object[]{"1990..20", 1990, 2099}, new Object[]{">", 1, 9999},
                new Object[]{"<", 1, 9999}, new Object[]{">=", 1, 9999}, new Object[]{">19", 1900, 9999}, new Object[]{"<=19", 1, 1999});
        for (Object[] row : table) {
            assertThat(SearchQuery.of("year:" + row[0])).as("%s", row)
                    .isEqualTo(new SearchQuery(List.of(), Optional.of(new Years((int) row[1], (int) row[2])), false, false));
        }
        understood("year:\"19\"", words(word("year 19", false)));
        understood("year:19945", words(word("year 19945", true)));
        understood("year:19x", words(word("year 19x", true)));
        understood("year:", words());
    }

    @Test
    @DisplayName("year: takes one year, from–to, before and after; two of them count together")
    void years() {
        var table = List.of(new Object[]{"1994", 1994, 1994}, new Object[]{"1990-1999", 1990, 1999}, new Object[]{"1999-1990", 1990, 1999},
                new Object[]{">1999", 2000, 9999}, new Object[]{"<1970", 1, 1969}, new Object[]{">=2000", 2000, 9999},
                new Object[]{"<=1970", 1, 1970}, new Object[]{"1990-", 1990, 9999}, new Object[]{"1990..1995", 1990, 1995},
                new Object[]{">9999", 9999, 9999}, new Object[]{"<0000", 1, 1});
        for (Object[] row : table)
            assertThat(SearchQuery.years((String) row[0])).as("%s", row).contains(new Years((int) row[1], (int) row[2]));
        for (String text : List.of("", "19", "19945", "x", ">", "1990-19", "1-2-3", "１９９４", "-1990", "1990-1995-2000"))
            assertThat(SearchQuery.years(text)).as(text).isEmpty();
        assertThat(SearchQuery.of("year:>1990 year:<2000").years()).contains(new Years(1991, 1999));
        assertThat(SearchQuery.of("year:1980 year:1990").years()).as("never both").contains(new Years(0, 0));
        assertThat(SearchQuery.of("floyd 1979").yearTyped()).contains(
                new SearchQuery(List.of(word("floyd", false)), Optional.of(new Years(1979, 1979)), false, false));
        assertThat(SearchQuery.of("floyd 79").yearTyped()).isEmpty();
    }
}
