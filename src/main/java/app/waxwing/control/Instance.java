package app.waxwing.control;

import app.waxwing.base.AppPaths;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.SafeFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// Who owns a data folder. The lock file decides; the socket and `instance.json` only tell others where to knock.
///
/// @param socket path of the Unix domain socket
/// @param secret the client's first message must hold it
/// @param options of this run that a later command must not contradict, such as `offline` or `audio-out=null`
public record Instance(Path socket, String secret, java.util.List<String> options) {
    /// The lock on a data folder, held as long as the process lives or until it is closed.
    public record Lock(FileChannel channel, FileLock lock) implements AutoCloseable {
        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    /// Takes the folder, or nothing when another process has it.
    public static Optional<Lock> lock(AppPaths paths) {
        try {
            FileChannel channel = FileChannel.open(paths.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                lock = null;
            }
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new Lock(channel, lock));
        } catch (IOException e) {
            throw new FailureException(
                    new Failure.Trouble("Waxwing cannot lock its folder " + paths.data(), String.valueOf(e.getMessage())), e);
        }
    }

    /// Where the socket of a data folder goes: an owner-only folder below the runtime folder, a path of less than 100 bytes.
    public static Path socketFor(Path dataFolder, Map<String, String> environment, Path temporary) {
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        String folder = "waxwing-" + digest(dataFolder.toAbsolutePath().normalize().toString());
        Path preferred = runtime.isBlank() || !Files.isDirectory(Path.of(runtime)) ? temporary : Path.of(runtime);
        for (Path base : new Path[]{preferred, temporary, Path.of("/tmp")}) {
            Path socket = base.resolve(folder).resolve("s");
            if (socket.toString().getBytes(StandardCharsets.UTF_8).length < 100) return socket;
        }
        throw new FailureException(new Failure.Invalid("There is no folder short enough for the control socket"));
    }

    /// A new instance with a fresh secret.
    static Instance create(Path socket, java.util.List<String> options) {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return new Instance(socket, HexFormat.of().formatHex(random), java.util.List.copyOf(options));
    }

    void write(AppPaths paths) throws IOException {
        String text = Wire.text(Doc.of().put("socket", socket.toString()).put("secret", secret).put("options", options)
                .put("pid", ProcessHandle.current().pid()));
        SafeFiles.writeOwnerOnly(paths.instance(), text.getBytes(StandardCharsets.UTF_8));
    }

    /// What the last instance of the folder wrote, if it is readable.
    public static Optional<Instance> read(AppPaths paths) {
        try {
            if (!Files.exists(paths.instance())) return Optional.empty();
            return Wire.parse(Files.readString(paths.instance())).map(doc -> new Instance(Path.of(doc.text("socket")), doc.text("secret"),
                    doc.fields().get("options") instanceof java.util.List<?> l
                            ? l.stream().map(Object::toString).toList()
                            : java.util.List.of()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "Instance[" + socket + "]";
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
