package app.waxwing.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// The four folders: data (database, settings), media (kept files), cache (may vanish at any time), logs. Requirement 0.4.
///
/// @param data database, settings, instance file, backups
/// @param media music the user keeps; in settings the user may choose another
/// @param cache covers and music that may be evicted
/// @param logs rotated logs
public record AppPaths(Path data, Path media, Path cache, Path logs) {
    /// Everything below one folder (`--data-dir`, `WAXWING_DATA_DIR`).
    public static AppPaths under(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        return new AppPaths(root, root.resolve("media"), root.resolve("cache"), root.resolve("logs"));
    }

    /// The usual places: XDG on Linux, `%LOCALAPPDATA%` on Windows, `~/Library` on macOS.
    ///
    /// @param os `os.name`
    /// @param environment the process's environment
    /// @param home the user's home folder
    public static AppPaths usual(String os, Map<String, String> environment, Path home) {
        String system = os.toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            Path local = Path.of(environment.getOrDefault("LOCALAPPDATA", home.resolve("AppData").resolve("Local").toString()));
            Path root = local.resolve("Waxwing");
            return new AppPaths(root.resolve("Data"), home.resolve("Music").resolve("Waxwing"), root.resolve("Cache"),
                    root.resolve("Logs"));
        }
        if (system.startsWith("mac")) {
            Path library = home.resolve("Library");
            return new AppPaths(library.resolve("Application Support").resolve("Waxwing"), home.resolve("Music").resolve("Waxwing"),
                    library.resolve("Caches").resolve("Waxwing"), library.resolve("Logs").resolve("Waxwing"));
        }
        Path data = xdg(environment, "XDG_DATA_HOME", home.resolve(".local").resolve("share")).resolve("waxwing");
        Path cache = xdg(environment, "XDG_CACHE_HOME", home.resolve(".cache")).resolve("waxwing");
        Path state = xdg(environment, "XDG_STATE_HOME", home.resolve(".local").resolve("state")).resolve("waxwing");
        return new AppPaths(data, data.resolve("media"), cache, state.resolve("logs"));
    }

    public Path database() {
        return data.resolve("waxwing.db");
    }

    public Path settings() {
        return data.resolve("settings.json");
    }

    public Path instance() {
        return data.resolve("instance.json");
    }

    public Path lock() {
        return data.resolve("waxwing.lock");
    }

    public Path secrets() {
        return data.resolve("secrets.properties");
    }

    public Path images() {
        return cache.resolve("images");
    }

    /// Music fetched ahead or while it played; evictable.
    public Path cachedMedia() {
        return cache.resolve("media");
    }

    /// Makes data, cache and logs (not media: a missing media folder may be an unplugged drive).
    ///
    /// @throws FailureException with a clear sentence when a folder cannot be made or written
    public void create() {
        for (Path folder : new Path[]{data, cache, logs}) {
            try {
                SafeFiles.createOwnerOnlyFolder(folder);
                // A temporary file would ask for a random name, which takes longer than all else here.
                Files.delete(Files.createFile(folder.resolve(".probe-" + ProcessHandle.current().pid() + "-" + System.nanoTime())));
            } catch (IOException e) {
                throw new FailureException(new Failure.Invalid("Waxwing cannot write in its folder " + folder
                        + ": give yourself the right to write there, or choose another with --data-dir"), e);
            }
        }
    }

    private static Path xdg(Map<String, String> environment, String name, Path otherwise) {
        String value = environment.getOrDefault(name, "");
        return value.isBlank() || !Path.of(value).isAbsolute() ? otherwise : Path.of(value);
    }
}
