package app.waxwing.account;

import static app.waxwing.account.AccountBookTest.failure;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.demo.DemoServer;
import app.waxwing.server.Page;
import app.waxwing.testing.Fault;
import app.waxwing.testing.FaultyServer;
import app.waxwing.testing.MemorySecrets;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LogTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("0.17, 3.16, 4.21 no log line at any level, and no file but the keyring's, holds token, password or Quick Connect secret")
    void nothingSecretIsLogged() throws IOException {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        Map<String, String> secrets;
        root.addAppender(lines);
        root.setLevel(Level.DEBUG);
        var console = new java.util.ArrayList<ch.qos.logback.core.Appender<ILoggingEvent>>();
        root.iteratorForAppenders().forEachRemaining(a -> {
            if (a != lines) console.add(a);
        });
        console.forEach(root::detachAppender);
        try (var faulty = FaultyServer.start(); var bench = new Bench(folder)) {
            faulty.server().user().password("pass-w0rd-xyzzy");
            var address = Bench.get(bench.book.probe(faulty.url()));
            failure(() -> Bench.get(bench.book.signIn(address, DemoServer.USER, "wr0ng-xyzzy")));
            Account account = bench.signIn(faulty.url(), DemoServer.USER, "pass-w0rd-xyzzy");
            secrets = Map.copyOf(((MemorySecrets) bench.secrets).all);
            assertThat(secrets).hasSize(1);
            var server = bench.book.server(account.id());
            String id = server.tracks(Optional.empty(), Page.FIRST, 1).items().getFirst().id();
            bench.book.open(account.id(), id).close();
            faulty.on("/Items").does(Fault.noAnswer());
            failure(() -> server.tracks(Optional.empty(), Page.FIRST, 1));
            faulty.on("/Items").does(Fault.status(500, "x"));
            failure(() -> server.tracks(Optional.empty(), Page.FIRST, 1));
            faulty.server().revokeTokens();
            failure(server::whoAmI);
            faulty.kill();
            failure(() -> bench.book.open(account.id(), id));
        } finally {
            root.detachAppender(lines);
            console.forEach(root::addAppender);
            root.setLevel(before);
        }
        List<String> forbidden = new java.util.ArrayList<>(secrets.values());
        forbidden.addAll(List.of("pass-w0rd-xyzzy", "wr0ng-xyzzy", "MediaBrowser "));
        assertThat(lines.list).isNotEmpty();
        for (ILoggingEvent event : List.copyOf(lines.list)) {
            String text = event.getFormattedMessage()
                    + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy()));
            assertThat(forbidden).noneMatch(text::contains);
        }
        try (var files = java.nio.file.Files.walk(folder)) {
            for (Path file : files.filter(java.nio.file.Files::isRegularFile).toList()) {
                String text = java.nio.file.Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
                assertThat(forbidden).as("%s", file).noneMatch(text::contains);
            }
        }
    }
}
