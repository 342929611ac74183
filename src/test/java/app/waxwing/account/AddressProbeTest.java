package app.waxwing.account;

import static app.waxwing.account.AccountBookTest.failure;
import static app.waxwing.account.Bench.get;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureWords;
import app.waxwing.demo.DemoOptions;
import app.waxwing.demo.DemoServer;
import app.waxwing.testing.Fault;
import app.waxwing.testing.FaultyServer;
import app.waxwing.testing.MemorySecrets;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressProbeTest {
    @TempDir
    Path folder;
    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(folder);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void aBasePathIsFoundEvenWhenOnlyTheHostWasTyped() {
        try (var faulty = FaultyServer.start(DemoOptions.USUAL.basePath("/jelly"))) {
            var address = get(bench.book.probe("127.0.0.1:" + faulty.server().port()));
            assertThat(address.url()).isEqualTo(URI.create(faulty.url()));
            assertThat(get(bench.book.probe(faulty.url() + "/web/index.html#!/home")).url()).isEqualTo(URI.create(faulty.url()));
            Account account = get(bench.book.signIn(address, DemoServer.USER, DemoServer.PASSWORD));
            assertThat(bench.book.server(account.id()).folders()).isNotEmpty();
        }
    }

    @Test
    @DisplayName("DESIGN 6: probing follows at most five redirects, sends nothing secret, and tells where it ended")
    void redirects() {
        try (var first = FaultyServer.start(); var second = FaultyServer.start()) {
            first.on("/System/Info/Public").does(Fault.redirect(301, second.url() + "/System/Info/Public"));
            assertThat(get(bench.book.probe(first.url())).url()).isEqualTo(URI.create(second.url()));
            assertThat(second.server().requests())
                    .allSatisfy(r -> assertThat(r.header("authorization").orElse("")).doesNotContain("Token"));
            second.on("/System/Info/Public").does(Fault.redirect(302, first.url() + "/System/Info/Public"));
            first.server().forgetRequests();
            second.server().forgetRequests();
            assertThat(failure(() -> get(bench.book.probe(first.url())))).isInstanceOf(Failure.Invalid.class);
            assertThat(first.server().requestCount() + second.server().requestCount()).isEqualTo(6);
        }
    }

    @Test
    @DisplayName("4.22 plain http needs consent before a password goes out, but not on this computer")
    void consent() {
        try (var faulty = FaultyServer.start()) {
            var here = get(bench.book.probe(faulty.url()));
            assertThat(here.encrypted()).isFalse();
            assertThat(here.loopback()).isTrue();
            var elsewhere = new Accounts.ServerAddress(here.url(), here.info(), false, false, false, here.trustedFingerprint(), false);
            faulty.server().forgetRequests();
            assertThat(failure(() -> get(bench.book.signIn(elsewhere, DemoServer.USER, DemoServer.PASSWORD))))
                    .isInstanceOf(Failure.NotEncrypted.class);
            assertThat(failure(() -> get(bench.book.quickConnect(elsewhere)))).isInstanceOf(Failure.NotEncrypted.class);
            assertThat(faulty.server().requestCount()).isZero();
            assertThat(get(bench.book.signIn(elsewhere.acceptPlain(), DemoServer.USER, DemoServer.PASSWORD)).active()).isTrue();
        }
    }

    @Test
    void nobodyAndNonsenseAreSaidPlainly() {
        assertThat(failure(() -> get(bench.book.probe("127.0.0.1:1")))).isInstanceOf(Failure.Offline.class);
        assertThat(failure(() -> get(bench.book.probe("not an address")))).isInstanceOf(Failure.Invalid.class);
    }

    @Test
    @DisplayName("1.4, 4.21 a name and a password in a mistyped address are not repeated in what is said of it")
    void noPasswordIsRepeated() {
        for (String typed : List.of("http://ida:S3CRETPW@attic.example", "ida:S3CRETPW@attic.example:8096/web", "htp://ida:S3CRETPW@attic",
                "https:ida:S3CRETPW@attic", "https://ida:S3CR/ETPW@attic", "https://ida:S3CR@ETPW@attic/#/home", "ida:S3CRETPW＠attic",
                "  ida:S3CRETPW@")) {
            String said = FailureWords.sentence(failure(() -> get(bench.book.probe(typed))));
            assertThat(said).as(typed).contains("no password").doesNotContain("S3CR", "ETPW", "ida");
        }
        assertThat(FailureWords.sentence(failure(() -> get(bench.book.probe("not an address"))))).contains("«not an address»");
    }

    @Test
    @DisplayName("3.17 a self-signed certificate shows its fingerprint; trusted for this server only, never for another")
    void selfSigned() throws IOException, GeneralSecurityException, InterruptedException {
        try (var faulty = FaultyServer.start();
                var one = new Tls(folder, "one", "localhost", faulty);
                var two = new Tls(folder, "two", "elsewhere.example", faulty)) {
            var failure = failure(() -> get(bench.book.probe("localhost:" + one.port())));
            assertThat(failure).isInstanceOf(Failure.Untrusted.class);
            String fingerprint = ((Failure.Untrusted) failure).fingerprint();
            assertThat(fingerprint).isEqualTo(one.fingerprint).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
            assertThat(one.secrets).hasValue(0);

            var address = get(bench.book.probeTrusting("localhost:" + one.port(), fingerprint));
            assertThat(address.encrypted()).isTrue();
            assertThat(address.trustedFingerprint()).contains(fingerprint);
            Account account = get(bench.book.signIn(address, DemoServer.USER, DemoServer.PASSWORD));
            assertThat(bench.book.server(account.id()).folders()).isNotEmpty();
            Bench.until(() -> bench.book.reachability().online(account.id()));

            // The name does not matter once the certificate is trusted; another certificate does.
            var other = failure(() -> get(bench.book.probeTrusting("localhost:" + two.port(), fingerprint)));
            assertThat(other).isInstanceOfSatisfying(Failure.Untrusted.class, f -> assertThat(f.fingerprint()).isEqualTo(two.fingerprint));
            assertThat(get(bench.book.probeTrusting("localhost:" + two.port(), two.fingerprint)).encrypted()).isTrue();
        }
    }

    @Test
    @DisplayName("discovery fills the field and believes nothing: what cannot be read is left out")
    void discovery() throws IOException, InterruptedException {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var own = new Bench(folder.resolve("."), new MemorySecrets(),
                        bench.system, socket.getLocalPort())) {
            var answering = Thread.ofVirtual().start(() -> {
                try {
                    byte[] buffer = new byte[200];
                    var question = new DatagramPacket(buffer, buffer.length);
                    socket.receive(question);
                    assertThat(new String(buffer, 0, question.getLength(), StandardCharsets.UTF_8)).isEqualTo("who is JellyfinServer?");
                    for (String answer : List.of("", "{", "[1]", "{\"Address\":7}", "{\"Address\":\"javascript://x\",\"Name\":\"bad\"}",
                            "{\"Address\":\"http://10.0.0.5:8096\",\"Id\":\"x\",\"Name\":\"Attic\\u202e\"}",
                            "{\"Address\":\"http://10.0.0.5:8096\",\"Name\":\"again\"}", "{\"Address\":\"" + "x".repeat(5000) + "\"}",
                            "{\"Address\":\"https://music.example/jelly\"}")) {
                        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                        socket.send(new DatagramPacket(bytes, bytes.length, question.getSocketAddress()));
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            var found = get(own.book.discover(500));
            answering.join();
            assertThat(found).containsExactly(new Accounts.FoundServer("Attic\uFFFD", "http://10.0.0.5:8096"),
                    new Accounts.FoundServer("https://music.example/jelly", "https://music.example/jelly"));
        }
    }

    /// TLS with a certificate of its own in front of a test server.
    private static final class Tls implements AutoCloseable {
        final HttpsServer server;
        final String fingerprint;
        final AtomicInteger secrets = new AtomicInteger();
        private final HttpClient http = HttpClient.newHttpClient();

        Tls(Path folder, String name, String host, FaultyServer behind) throws IOException, GeneralSecurityException, InterruptedException {
            Path store = folder.resolve(name + ".p12");
            Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                    "-keyalg", "EC",
                    "-groupname", "secp256r1", "-alias", "a", "-dname", "CN=" + host, "-validity", "2", "-storetype", "PKCS12", "-keystore",
                    store.toString(), "-storepass", "changeit").redirectErrorStream(true).start();
            keytool.getInputStream().readAllBytes();
            assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, "changeit".toCharArray());
            }
            fingerprint = PinnedTrust.fingerprint(keys.getCertificate("a"));
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, "changeit".toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> {
                String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
                if (authorization.contains("Token")) secrets.incrementAndGet();
                var request = HttpRequest.newBuilder(URI.create(behind.url() + exchange.getRequestURI())).method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
                if (!authorization.equals("null")) request.header("Authorization", authorization);
                request.header("Content-Type", "application/json");
                try {
                    var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                    answer.headers().firstValue("Content-Type").ifPresent(t -> exchange.getResponseHeaders().set("Content-Type", t));
                    exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
                    exchange.getResponseBody().write(answer.body());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    exchange.close();
                }
            });
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
            http.close();
        }
    }
}
