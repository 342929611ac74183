package app.waxwing.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.demo.DemoServer;
import app.waxwing.demo.Item;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Each fault does on the wire what it says.
class FaultyServerTest {
    private static final String ANY_DOWNLOAD = "/Items/.*/Download";
    private FaultyServer faulty;
    private JellyfinCalls calls;
    private Item.Track track;
    private String download;
    private int size;

    @BeforeEach
    void start() {
        faulty = FaultyServer.start();
        calls = new JellyfinCalls(faulty.url()).login(DemoServer.USER, DemoServer.PASSWORD);
        track = faulty.server().shelf().start().tracks().getFirst();
        download = "/Items/" + track.id() + "/Download";
        size = (int) track.audio().content().size();
    }

    @AfterEach
    void stop() {
        calls.close();
        faulty.close();
    }

    @Test
    void aStartingServerSaysSoAndThenServes() {
        faulty.on("/Users/Me").times(2).does(Fault.starting(5));
        var first = calls.get("/Users/Me");
        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(first.headers().firstValue("Retry-After")).contains("005");
        assertThat(first.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(calls.get("/Users/Me").statusCode()).isEqualTo(503);
        assertThat(calls.get("/Users/Me").statusCode()).isEqualTo(200);
        assertThat(faulty.asked("/users/me")).isEqualTo(3);
    }

    @Test
    void aCutBodyIsNoticedByTheClient() throws IOException, InterruptedException {
        for (var fault : new app.waxwing.demo.Interceptor[]{Fault.cutAfter(10_000), Fault.resetAfter(10_000)}) {
            faulty.on(ANY_DOWNLOAD).times(1).does(fault);
            try (var in = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(faulty.url() + download))
                    .header("Authorization", calls.authorization()).build(), BodyHandlers.ofInputStream()).body()) {
                assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
            }
            assertThat(calls.get(download).body()).hasSize(size);
        }
    }

    @Test
    void noAnswerAtAllBreaksTheConnection() {
        faulty.on(ANY_DOWNLOAD).does(Fault.noAnswer());
        assertThatThrownBy(() -> calls.get(download)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aTranscodeMayEndCleanlyAndTooEarly() {
        faulty.on("/Audio/.*/stream.mp3").does(Fault.endAfter(30_000));
        assertThat(calls.get("/Audio/" + track.id() + "/stream.mp3").body()).hasSize(30_000);
    }

    @Test
    void lengthsAndRangesMayBeWrong() {
        faulty.on(ANY_DOWNLOAD).times(1).does(Fault.ignoresRange());
        assertThat(calls.get(download, "Range", "bytes=5-").statusCode()).isEqualTo(200);
        faulty.on(ANY_DOWNLOAD).times(1).does(Fault.wrongRange(3));
        assertThat(calls.get(download, "Range", "bytes=5-").headers().firstValue("Content-Range").orElse("")).startsWith("bytes 8-");
        faulty.on(ANY_DOWNLOAD).times(1).does(Fault.contentRange(""));
        assertThat(calls.get(download, "Range", "bytes=5-").headers().firstValue("Content-Range")).isEmpty();
        faulty.on(ANY_DOWNLOAD).times(1).does(Fault.chunked());
        var chunked = calls.get(download, "Range", "bytes=5-");
        assertThat(chunked.headers().firstValue("Content-Length")).isEmpty();
        assertThat(chunked.body()).hasSize(size);
        faulty.on(ANY_DOWNLOAD).times(1).does(Fault.untilClose());
        assertThat(calls.get(download).body()).hasSize(size);
        faulty.on(ANY_DOWNLOAD).times(1).does(Fault.lyingLength(1000));
        assertThat(calls.get(download).body()).hasSize(1000);
    }

    @Test
    void aStalledBodyGoesOnWhenLetGo() throws InterruptedException {
        var latch = new CountDownLatch(1);
        faulty.on(ANY_DOWNLOAD).times(1).does(Fault.stallAfter(1000, latch));
        var result = HttpClient.newHttpClient().sendAsync(HttpRequest.newBuilder(URI.create(faulty.url() + download))
                .header("Authorization", calls.authorization()).build(), BodyHandlers.ofByteArray());
        assertThat(calls.get("/Users/Me").statusCode()).isEqualTo(200);
        assertThat(result).isNotDone();
        latch.countDown();
        assertThat(result.join().body()).hasSize(size);
    }

    @Test
    void pagesMayRepeatIds() {
        faulty.on("/Items").does(Fault.shiftedPages(2));
        String page = "/Items?recursive=true&includeItemTypes=Audio&limit=5&startIndex=";
        assertThat(calls.read(page + 0).path("Items").get(3)).isEqualTo(calls.read(page + 5).path("Items").get(0));
    }

    @Test
    void aDeadPortRefusesAndComesBackWithTheSameTokens() {
        faulty.kill();
        assertThatThrownBy(() -> calls.get("/Users/Me")).hasRootCauseInstanceOf(java.io.IOException.class).rootCause()
                .satisfiesAnyOf(e -> assertThat(e).isInstanceOf(ConnectException.class),
                        e -> assertThat(e).isInstanceOf(java.nio.channels.ClosedChannelException.class));
        faulty.revive();
        assertThat(calls.get("/Users/Me").statusCode()).isEqualTo(200);
    }

    @Test
    void rulesCountAndHeal() {
        faulty.on("/Users/Me").after(1).times(1).does(Fault.status(500, "no"));
        assertThat(calls.get("/Users/Me").statusCode()).isEqualTo(200);
        assertThat(calls.get("/Users/Me").statusCode()).isEqualTo(500);
        assertThat(calls.get("/Users/Me").statusCode()).isEqualTo(200);
        faulty.on("/Users/Me").when(r -> r.header("X-Bad").isPresent()).does(Fault.blocked());
        assertThat(calls.get("/Users/Me", "X-Bad", "1").statusCode()).isEqualTo(503);
        faulty.heal();
        assertThat(calls.get("/Users/Me", "X-Bad", "1").statusCode()).isEqualTo(200);
    }
}
