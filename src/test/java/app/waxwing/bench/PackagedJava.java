package app.waxwing.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Java as `packaging/bin/waxwing` starts it, for a process that measures one part of the program. Where the program was packaged and is no older than
/// what is compiled, its jars and its ahead-of-time cache too: which methods are compiled, and how, decides what the first thousand searches take.
final class PackagedJava {
    /// Memory and compilers.
    static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Xms32m", "-Xmx768m", "-Xmn12m", "-XX:SurvivorRatio=1",
            "-XX:MinHeapFreeRatio=15", "-XX:MaxHeapFreeRatio=40", "-XX:Tier4InvocationThreshold=20000",
            "-XX:Tier4MinInvocationThreshold=5000", "-XX:Tier4CompileThreshold=40000", "-XX:TrimNativeHeapInterval=10000",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dorg.jooq.no-logo=true", "-Dorg.jooq.no-tips=true");
    private static final Path LIB = Path.of("target/waxwing/lib");
    private static final Path CACHE = LIB.resolve("waxwing.aot");

    private PackagedJava() {}

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /// @param more options that count in place of the program's own
    static ProcessBuilder process(Class<?> main, List<String> more, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(OPTIONS);
        String classes = System.getProperty("java.class.path");
        if (packaged()) {
            // The cache is for just these modules, and for class paths that begin with these jars; where it is not, Java does not start.
            command.addAll(List.of("-XX:AOTCache=" + CACHE, "-XX:AOTMode=on", "-Dorg.sqlite.lib.path=" + LIB.resolve("native"),
                    "--module-path=" + LIB.resolve("javafx"), "--add-modules=javafx.controls",
                    "--enable-native-access=javafx.graphics,ALL-UNNAMED",
                    "--add-exports=javafx.graphics/com.sun.glass.ui=ALL-UNNAMED",
                    "--add-exports=javafx.graphics/com.sun.javafx.tk=ALL-UNNAMED",
                    "--add-opens=javafx.graphics/com.sun.javafx.tk.quantum=ALL-UNNAMED"));
            classes = LIB + File.separator + "*" + File.pathSeparator + classes;
        } else {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(more);
        command.addAll(List.of("-cp", classes, main.getName()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        process.environment().put("MALLOC_ARENA_MAX", "2");
        return process;
    }

    /// What it prints is printed; the bench fails where it does.
    static void run(Class<?> main, List<String> more, String... arguments) throws IOException, InterruptedException {
        System.out.println(said());
        Process process = process(main, more, arguments).start();
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(System.out::println);
            assertThat(process.waitFor()).as("exit of " + main.getSimpleName()).isZero();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    static String said() throws IOException {
        return packaged() ? "as packaged, with its ahead-of-time cache" : "from target/classes, without an ahead-of-time cache";
    }

    /// Styles are written anew by every build.
    private static boolean packaged() throws IOException {
        if (!Files.isRegularFile(CACHE)) return false;
        try (Stream<Path> classes = Files.walk(Path.of("target/classes"))) {
            FileTime newest = classes.filter(file -> file.toString().endsWith(".class")).map(PackagedJava::changed)
                    .max(Comparator.naturalOrder()).orElseThrow();
            return changed(CACHE).compareTo(newest) >= 0;
        }
    }

    private static FileTime changed(Path file) {
        return FileTime.fromMillis(file.toFile().lastModified());
    }
}
