import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Puts the native libraries of JavaFX and SQLite of this computer's kind into the program's folder, where both look first. From inside their jars they
/// would be written to the user's folders and compared byte for byte at each start, which takes time, and fails where those may hold no programs.
/// Run by the build after the program's folder is complete: `java NativeLibraries.java <program>`.
public final class NativeLibraries {
    private NativeLibraries() {}

    public static void main(String[] args) throws Exception {
        Path lib = Path.of(args[0], "lib");
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        // JavaFX looks beside its jars, on Windows in `bin` beside their folder.
        Path beside = lib.resolve(windows ? "bin" : "javafx");
        for (Path jar : jars(lib.resolve("javafx"), "javafx-")) {
            try (var zip = new ZipFile(jar.toFile())) {
                for (ZipEntry entry : zip.stream().filter(e -> e.getName().matches("[^/]+\\.(so|dylib|dll)")).toList())
                    copy(zip, entry, beside);
            }
        }
        for (Path jar : jars(lib, "sqlite-jdbc-")) {
            try (var zip = new ZipFile(jar.toFile()); var loader = new URLClassLoader(new URL[]{jar.toUri().toURL()})) {
                Object kind = loader.loadClass("org.sqlite.util.OSInfo").getMethod("getNativeLibFolderPathForCurrentOS").invoke(null);
                String folder = "org/sqlite/native/" + kind + "/";
                for (ZipEntry entry : zip.stream().filter(e -> e.getName().startsWith(folder) && !e.isDirectory()).toList())
                    copy(zip, entry, lib.resolve("native"));
            }
        }
    }

    private static List<Path> jars(Path folder, String name) throws IOException {
        try (var all = Files.list(folder)) {
            return all.filter(f -> f.getFileName().toString().startsWith(name) && f.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static void copy(ZipFile zip, ZipEntry entry, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, folder.resolve(Path.of(entry.getName()).getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
