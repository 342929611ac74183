package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SpellingsTest {
    private static void indexed(String text, String words) {
        assertThat(Spellings.indexed(text)).as(text).isEqualTo(words);
    }

    @Test
    @DisplayName("issue 4 the index holds a name's words and, where it has signs in it, what people type instead; other names it holds as they are")
    void table() {
        indexed("AC/DC", "ac dc acdc");
        indexed("AC/DC Live", "ac dc live acdc");
        indexed("blink-182", "blink 182 blink182");
        indexed("Ke$ha", "ke ha keha kesha");
        indexed("$uicideboy$", "uicideboy suicideboys");
        indexed("A$AP Rocky", "a ap rocky aap asap");
        indexed("P!nk", "p nk pnk pink");
        indexed("Sinéad O'Connor", "sinead oconnor o connor");
        indexed("Dara O’Brien", "dara obrien o brien");
        indexed("Simon & Garfunkel", "simon garfunkel and");
        indexed("Guns N' Roses", "guns n roses and");
        indexed("Rock'n'Roll", "rocknroll rock n and roll");
        indexed("C + C", "c c and");
        indexed("R&B", "r b and rb");
        for (String plain : List.of("Pink Floyd", "Simon and Garfunkel", "Björk", "The Beatles", "東京の夜空", "Кино", "24K Magic", ""))
            indexed(plain, SearchText.words(plain));
        indexed("Don't You", "dont you");
        indexed("(We'll) Be There!", "well be there");
        indexed("R.E.M.", "rem");
        indexed("+44", "44");
        indexed("千と千尋/神隠し", SearchText.words("千と千尋 神隠し"));
        indexed("a-b-c-d-e-f-g-h", "a b c d e f g h");
        indexed("99% / 1%", "99 1");
    }

    @Test
    @DisplayName("issue 4 a name of signs alone is one word of its own; signs in no order are another, and spaces between them none")
    void signs() {
        assertThat(SearchText.words("!!!")).hasSize(3).isEqualTo(SearchText.words("! !!")).isNotEqualTo(SearchText.words("!!"));
        assertThat(SearchText.words("( )")).isEqualTo(SearchText.words("()")).isNotEqualTo(SearchText.words(")("));
        assertThat(SearchText.isSigns(SearchText.words("❤"))).isTrue();
        for (String none : List.of("", " ", "\u0000\u200b", "\uD800")) assertThat(SearchText.words(none)).isEmpty();
        assertThat(SearchText.isSigns(SearchText.words("C++"))).isFalse();
    }

    @Test
    @DisplayName("issue 4 a name is called just so however its signs and its «and» are written, and others are not")
    void same() {
        for (String[] pair : new String[][]{{"AC/DC", "acdc"}, {"AC/DC", "ac dc"}, {"AC/DC", "AC-DC"}, {"blink-182", "blink182"},
                {"Ke$ha", "kesha"}, {"Ke$ha", "Ke$ha"}, {"Simon & Garfunkel", "simon and garfunkel"},
                {"Simon and Garfunkel", "simon & garfunkel"}, {"Guns N' Roses", "guns and roses"}, {"Rock & Roll", "rock n roll"},
                {"Sinéad O'Connor", "sinead o connor"}, {"!!!", "!!!"}, {"The Rock & Roll", "rock and roll"}})
            assertThat(SearchRank.of(SearchText.words(pair[1]), "A title", pair[0], 0).exactArtist()).as(pair[0] + " " + pair[1]).isTrue();
        for (String[] pair : new String[][]{{"AC/DC", "acd"}, {"Simon & Garfunkel", "simon and"}, {"Simon & Garfunkel", "simon"},
                {"Band", "b"}, {"And", "x"}, {"N", "and"}, {"!!!", "!!"}, {"Kesha", "ke$ha"}})
            assertThat(SearchRank.of(SearchText.words(pair[1]), "A title", pair[0], 0).exactArtist()).as(pair[0] + " " + pair[1]).isFalse();
        assertThat(SearchRank.of("rock and ro", "Rock & Roll", "", 0).closeness()).isEqualTo(1);
        assertThat(SearchRank.of("simon and", "Simon and Garfunkel", "", 0).closeness()).isEqualTo(1);
        assertThat(SearchRank.of("simon and garfunkel", "Simon & Garfunkel", "", 0).closeness()).isZero();
        assertThat(SearchRank.of("hello", "Hell on Wheels", "", 0).closeness()).isEqualTo(2);
    }
}
