package app.waxwing.desktop;

import app.waxwing.base.AppPaths;
import app.waxwing.base.FailureException;
import app.waxwing.base.FileSecrets;
import app.waxwing.base.Secrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Chooses where sign-ins are kept: on Linux the desktop's keyring if it answers within two seconds, else an owner-only file. macOS and Windows use
/// the file for now, and [Secrets#place] says so.
public final class Keyrings {
    private static final Logger LOG = LoggerFactory.getLogger(Keyrings.class);
    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final Duration UNLOCK = Duration.ofSeconds(90);

    private Keyrings() {}

    /// Blocks at most two seconds: not on the FX thread.
    ///
    /// @param io where the keyring is asked
    public static Secrets choose(AppPaths paths, Executor io) {
        return choose(paths, System.getProperty("os.name"), System.getenv(), io);
    }

    static Secrets choose(AppPaths paths, String os, Map<String, String> environment, Executor io) {
        var file = new FileSecrets(paths.secrets());
        String system = os.toLowerCase(Locale.ROOT);
        if (system.startsWith("mac")) return placed(file, "the Keychain of macOS is not used yet");
        if (system.startsWith("windows")) return placed(file, "the Credential Manager of Windows is not used yet");
        Optional<String> bus = bus(environment);
        if (bus.isEmpty()) return placed(file, "this session has no message bus and so no keyring");
        var keyring = new SecretServiceSecrets(bus.get(), installation(paths.data()), UNLOCK);
        boolean there = CompletableFuture.supplyAsync(keyring::available, io).completeOnTimeout(false, WAIT.toMillis(),
                java.util.concurrent.TimeUnit.MILLISECONDS).join();
        if (!there) return placed(file, "no keyring answered");
        return new KeyringOrFile(keyring, file);
    }

    static Optional<String> bus(Map<String, String> environment) {
        String address = environment.getOrDefault("DBUS_SESSION_BUS_ADDRESS", "");
        if (!address.isBlank()) return Optional.of(address);
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (runtime.isBlank() || !Files.exists(Path.of(runtime, "bus"))) return Optional.empty();
        return Optional.of("unix:path=" + Path.of(runtime, "bus"));
    }

    private static String installation(Path data) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(data.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Secrets placed(Secrets file, String why) {
        LOG.info("sign-ins are kept in {} ({})", file.place(), why);
        return new Secrets() {
            @Override
            public Optional<String> find(String name) {
                return file.find(name);
            }

            @Override
            public void put(String name, String secret) {
                file.put(name, secret);
            }

            @Override
            public void remove(String name) {
                file.remove(name);
            }

            @Override
            public String place() {
                return file.place() + "; " + why;
            }
        };
    }

    /// The keyring first; the file for what it would not take, and for what was kept there while no keyring was to be had.
    static final class KeyringOrFile implements Secrets {
        private final Secrets keyring;
        private final Secrets file;
        private volatile boolean refused;

        KeyringOrFile(Secrets keyring, Secrets file) {
            this.keyring = keyring;
            this.file = file;
        }

        @Override
        public Optional<String> find(String name) {
            Optional<String> kept = file.find(name);
            if (kept.isPresent()) return kept;
            try {
                return keyring.find(name);
            } catch (FailureException e) {
                LOG.warn("{}", e.getMessage());
                refused = true;
                return Optional.empty();
            }
        }

        @Override
        public void put(String name, String secret) {
            try {
                keyring.put(name, secret);
                file.remove(name);
                refused = false;
            } catch (FailureException e) {
                LOG.warn("{} The sign-in goes to {}", e.getMessage(), file.place());
                refused = true;
                file.put(name, secret);
            }
        }

        @Override
        public void remove(String name) {
            file.remove(name);
            try {
                keyring.remove(name);
            } catch (FailureException e) {
                LOG.warn("{}", e.getMessage());
            }
        }

        @Override
        public String place() {
            return refused ? file.place() + "; the keyring could not be used" : keyring.place();
        }
    }
}
