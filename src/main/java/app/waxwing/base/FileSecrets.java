package app.waxwing.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/// Secrets in one owner-only file, for systems without a keyring. Written beside, forced and renamed; thread-safe.
public final class FileSecrets implements Secrets {
    private final Path file;

    public FileSecrets(Path file) {
        this.file = file;
    }

    @Override
    public synchronized Optional<String> find(String name) {
        return Optional.ofNullable(load().getProperty(name));
    }

    @Override
    public synchronized void put(String name, String secret) {
        Properties all = load();
        all.setProperty(name, secret);
        save(all);
    }

    @Override
    public synchronized void remove(String name) {
        Properties all = load();
        if (all.remove(name) != null) save(all);
    }

    @Override
    public String place() {
        return "a file only you can read: " + file;
    }

    private Properties load() {
        var all = new Properties();
        if (!Files.exists(file)) return all;
        try (var in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            all.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new FailureException(new Failure.Corrupt("The file of sign-in tokens (" + file + ")"), e);
        }
        return all;
    }

    private void save(Properties all) {
        try {
            var text = new java.io.StringWriter();
            all.store(text, null);
            SafeFiles.writeOwnerOnly(file, text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
