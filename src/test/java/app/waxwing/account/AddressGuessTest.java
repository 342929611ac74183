package app.waxwing.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuessTest {
    private static final String LETTERS = "ab:/.[]?#@\\%ü0 \u0001";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            music.example.org                          | https://music.example.org https://music.example.org:8920 http://music.example.org http://music.example.org:8096
            music.example.org/                         | https://music.example.org https://music.example.org:8920 http://music.example.org http://music.example.org:8096
            'music.example.org:8096 '                  | https://music.example.org:8096 http://music.example.org:8096
            https://music.example.org                  | https://music.example.org https://music.example.org:8920
            HTTP://Music.Example.ORG                   | http://music.example.org http://music.example.org:8096
            http://10.0.0.5:8096/web/index.html#!/home | http://10.0.0.5:8096
            http://10.0.0.5:8096/web/#/home.html       | http://10.0.0.5:8096
            https://example.org/jellyfin/web/          | https://example.org/jellyfin https://example.org:8920/jellyfin
            https://example.org/jellyfin/web           | https://example.org/jellyfin https://example.org:8920/jellyfin
            example.org/media/jelly//                  | https://example.org/media/jelly https://example.org:8920/media/jelly http://example.org/media/jelly http://example.org:8096/media/jelly
            https://example.org?x=1                    | https://example.org https://example.org:8920
            [fe80::1]:8096                             | https://[fe80::1]:8096 http://[fe80::1]:8096
            2001:db8::5                                | https://[2001:db8::5] https://[2001:db8::5]:8920 http://[2001:db8::5] http://[2001:db8::5]:8096
            http://[::1]:8096/                         | http://[::1]:8096
            https:/example.org                         | https://example.org https://example.org:8920
            //example.org:443                          | https://example.org http://example.org:443
            localhost:8096                             | https://localhost:8096 http://localhost:8096
            müsli.example                              | https://xn--msli-0ra.example https://xn--msli-0ra.example:8920 http://xn--msli-0ra.example http://xn--msli-0ra.example:8096
            """)
    void whatPeopleType(String typed, String expected) {
        assertThat(AddressGuess.candidates(typed)).isEqualTo(List.of(expected.split(" ")).stream().map(URI::create).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "ftp://example.org", "javascript://x", "http://", "name:password@example.org", "https://a b/",
            "host:port", "host:0",
            "host:70000", "http:///"})
    void whatIsNoAddress(String typed) {
        assertThat(AddressGuess.candidates(typed)).isEmpty();
    }

    @Test
    void anythingAtAllIsTaken() {
        var random = new java.util.Random(7);
        for (int i = 0; i < 5000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(20); n > 0; n--) text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            AddressGuess.candidates(text.toString()).forEach(u -> assertThat(u.getHost()).as("seed 7, %s", text).isNotBlank());
        }
    }
}
