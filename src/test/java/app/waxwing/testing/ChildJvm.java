package app.waxwing.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A Java of its own on this test's class path, made to be ended soon: quick to start, by a [ClassArchive].
public final class ChildJvm {
    static final List<String> QUICK = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow", "-Dorg.jooq.no-logo=true", "-Dorg.jooq.no-tips=true");

    private ChildJvm() {}

    /// @param log what it says on its standard error is added here
    public static Process start(Class<?> main, Path log, String... arguments) throws IOException {
        return builder(main.getName(), List.of(), List.of(arguments)).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    }

    /// @param main    the class that it runs
    /// @param options for Java itself, beside those that make it quick
    public static ProcessBuilder builder(String main, List<String> options, List<String> arguments) {
        ClassArchive archive = ClassArchive.get();
        List<String> command = new ArrayList<>(List.of(java()));
        archive.file().ifPresent(file -> command.add("-XX:SharedArchiveFile=" + file));
        command.addAll(ClassArchive.quiet());
        command.addAll(QUICK);
        command.addAll(options);
        command.addAll(List.of("-cp", archive.classPath(), main));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
