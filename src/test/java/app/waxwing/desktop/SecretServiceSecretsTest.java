package app.waxwing.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.AppPaths;
import app.waxwing.base.Failure;
import app.waxwing.base.FileSecrets;
import app.waxwing.base.Secrets;
import app.waxwing.base.Threads;
import app.waxwing.testing.Parts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretServiceSecretsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    @TempDir
    Path folder;

    @Test
    @DisplayName("0.17 a token is kept in, found in and taken out of a real keyring")
    void realKeyring() throws IOException, InterruptedException {
        Parts.require("dbus", "A message bus and a keyring are missing: install dbus and gnome-keyring",
                () -> installed("dbus-run-session") && installed("gnome-keyring-daemon"));
        try (var keyring = new PrivateKeyring(folder)) {
            var secrets = new SecretServiceSecrets(keyring.address, "one", PATIENCE);
            assertThat(answers(secrets)).isTrue();
            assertThat(secrets.find("token a b")).isEmpty();
            secrets.put("token a b", "s3cret «ü»");
            secrets.put("token a b", "s3cret «ü» 2");
            secrets.put("token a c", "other");
            assertThat(secrets.find("token a b")).contains("s3cret «ü» 2");
            assertThat(new SecretServiceSecrets(keyring.address, "two", PATIENCE).find("token a b")).isEmpty();
            secrets.remove("token a b");
            assertThat(secrets.find("token a b")).isEmpty();
            assertThat(secrets.find("token a c")).contains("other");

            try (var io = Threads.virtual("io")) {
                Secrets chosen = Keyrings.choose(AppPaths.under(folder.resolve("app")), "Linux",
                        Map.of("DBUS_SESSION_BUS_ADDRESS", keyring.address), io);
                assertThat(chosen.place()).contains("keyring");
                chosen.put("token x y", "v");
                assertThat(chosen.find("token x y")).contains("v");
                assertThat(folder.resolve("app").resolve("secrets.properties")).doesNotExist();
            }
        }
    }

    @Test
    @DisplayName("0.17 without a keyring the token is in a file that only its owner can read, and that is said")
    void fileInstead() throws IOException {
        try (var io = Threads.virtual("io")) {
            var paths = AppPaths.under(folder);
            for (Map<String, String> environment : java.util.List.<Map<String, String>>of(Map.of(),
                    Map.of("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + folder.resolve("no-bus")))) {
                Secrets chosen = Keyrings.choose(paths, "Linux", environment, io);
                chosen.put("token", "v");
                assertThat(chosen.place()).contains("only you can read");
                assertThat(Files.getPosixFilePermissions(paths.secrets())).hasSize(2);
            }
            assertThat(Keyrings.choose(paths, "Mac OS X", Map.of(), io).place()).contains("Keychain of macOS is not used yet");
            assertThat(Keyrings.choose(paths, "Windows 11", Map.of(), io).place()).contains("Windows is not used yet");
        }
    }

    @Test
    void aKeyringThatRefusesGivesWayToTheFile() {
        var file = new FileSecrets(folder.resolve("secrets.properties"));
        var both = new Keyrings.KeyringOrFile(new Secrets() {
            @Override
            public Optional<String> find(String name) {
                throw new Failure.Trouble("The keyring", "it was not unlocked").asException();
            }

            @Override
            public void put(String name, String secret) {
                throw new Failure.Trouble("The keyring", "it was not unlocked").asException();
            }

            @Override
            public void remove(String name) {
                throw new Failure.Trouble("The keyring", "it was not unlocked").asException();
            }

            @Override
            public String place() {
                return "keyring";
            }
        }, file);
        both.put("a", "b");
        assertThat(both.find("a")).contains("b");
        assertThat(both.find("c")).isEmpty();
        assertThat(both.place()).contains("only you can read").contains("could not be used");
        both.remove("a");
        assertThat(file.find("a")).isEmpty();
    }

    /// The daemon goes to the background before it has taken its name on the bus.
    private static boolean answers(SecretServiceSecrets secrets) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < end) if (secrets.available()) return true;
        return false;
    }

    private static boolean installed(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":"))
            if (Files.isExecutable(Path.of(folder, program))) return true;
        return false;
    }

    /// A message bus and a keyring of our own, in a home folder of their own, unlocked with a password of its own.
    private static final class PrivateKeyring implements AutoCloseable {
        final Process process;
        final String address;

        PrivateKeyring(Path folder) throws IOException {
            Path runtime = Files.createDirectories(folder.resolve("run"));
            String script = "printf 'test\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null; echo \"$DBUS_SESSION_BUS_ADDRESS\"; read wait";
            var builder = new ProcessBuilder("dbus-run-session", "--", "sh", "-c", script);
            builder.environment().putAll(Map.of("HOME", folder.toString(), "XDG_RUNTIME_DIR", runtime.toString(), "XDG_DATA_HOME",
                    folder.resolve("data").toString()));
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
            process = builder.start();
            address = line(process.getInputStream());
        }

        private static String line(InputStream in) throws IOException {
            var text = new StringBuilder();
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) text.append((char) c);
            return new String(text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            try {
                if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroy();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
