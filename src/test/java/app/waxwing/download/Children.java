package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/// Starts [DownloadChild] or its like many times: with the classes in jars and an archive of them made by a first run, each in a fraction of the time.
///
/// @param folder for the jars, the archive and the log
/// @param main what each of them runs
record Children(Path folder, String classPath, Class<?> main) {
    static final Children NONE = new Children(Path.of(""), "", DownloadChild.class);

    static Children in(Path folder) {
        return in(folder, DownloadChild.class);
    }

    static Children in(Path folder, Class<?> main) {
        List<String> path = new ArrayList<>();
        for (String place : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(java.io.File.pathSeparator)) {
            Path at = Path.of(place);
            if (!Files.isDirectory(at)) {
                if (Files.exists(at)) path.add(at.toAbsolutePath().toString());
                continue;
            }
            Path jar = folder.resolve("classes" + path.size() + ".jar");
            int made = ToolProvider.findFirst("jar").orElseThrow().run(System.err, System.err, "--create", "--no-compress", "--file",
                    jar.toString(), "-C", at.toString(), ".");
            assertThat(made).isZero();
            path.add(jar.toString());
        }
        return new Children(folder, String.join(java.io.File.pathSeparator, path), main);
    }

    /// The first run, to its end.
    void archive(String... arguments) throws Exception {
        Process child = run(List.of("-XX:ArchiveClassesAtExit=" + folder.resolve("child.jsa")), arguments);
        assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isZero();
    }

    /// @param halt where it shall die, as [Halts] reads it
    Process start(String halt, String... arguments) throws IOException {
        return run(List.of("-XX:SharedArchiveFile=" + folder.resolve("child.jsa"), "-D" + Halts.PROPERTY + "=" + halt), arguments);
    }

    private Process run(List<String> options, String... arguments) throws IOException {
        Path log = folder.resolve("child.log");
        if (Files.notExists(log)) Files.createFile(log);
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xlog:cds=off", "-Xlog:cds*=off",
                "--enable-native-access=ALL-UNNAMED", "-Dorg.jooq.no-logo=true", "-Dorg.jooq.no-tips=true"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    }
}
