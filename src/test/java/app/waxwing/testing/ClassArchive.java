package app.waxwing.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// This test's classes in jars and, where Java can make one, an archive of them as they lie in memory: a Java that is started with both is ready
/// in a third of the time. Made once for a build below `target/children`, by the first test that starts a Java of its own; the others wait for it.
///
/// @param classPath jars only: what lies in folders is never archived
/// @param file      the archive; nothing where this Java makes none, which costs time and no more
record ClassArchive(String classPath, Optional<Path> file) {
    private static final int PATIENCE = 180;

    private static final class Holder {
        private static final ClassArchive ONE = made();
    }

    static ClassArchive get() {
        return Holder.ONE;
    }

    /// What the machine has to say of archives is no line of the program's.
    static List<String> quiet() {
        return List.of("-Xlog:disable", "-Xlog:all=error,aot*=off,cds*=off:stderr");
    }

    private static ClassArchive made() {
        Path folder = Path.of(System.getProperty("waxwing.basedir", ".")).toAbsolutePath().normalize().resolve("target/children");
        List<Path> there = Stream
                .of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")).split(File.pathSeparator))
                .map(Path::of).filter(Files::exists).map(Path::toAbsolutePath).toList();
        try {
            Files.createDirectories(folder);
            try (var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                String stamp = stamp(there);
                Path archive = folder.resolve(stamp + ".jsa");
                List<String> path = new ArrayList<>();
                boolean fresh = Files.notExists(folder.resolve(stamp + ".tried"));
                if (fresh) empty(folder);
                for (Path at : there) {
                    path.add(Files.isDirectory(at) ? jar(at, folder.resolve(stamp + "-" + path.size() + ".jar")) : at.toString());
                }
                String classPath = String.join(File.pathSeparator, path);
                if (fresh) {
                    train(folder, classPath, archive);
                    Files.createFile(folder.resolve(stamp + ".tried"));
                }
                return new ClassArchive(classPath, Optional.of(archive).filter(Files::exists));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void train(Path folder, String classPath, Path archive) throws IOException, InterruptedException {
        Path raw = folder.resolve("raw.jsa");
        Path log = folder.resolve("training.log");
        List<String> command = new ArrayList<>(List.of(ChildJvm.java(), "-XX:ArchiveClassesAtExit=" + raw));
        command.addAll(quiet());
        command.addAll(ChildJvm.QUICK);
        command.addAll(List.of("-cp", classPath, Training.class.getName(), Files.createTempDirectory(folder, "data").toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().remove("DBUS_SESSION_BUS_ADDRESS");
        builder.environment().remove("WAXWING_DATA_DIR");
        Process training = builder.start();
        try {
            if (training.waitFor(PATIENCE, TimeUnit.SECONDS) && training.exitValue() == 0 && Files.exists(raw))
                Files.move(raw, archive, StandardCopyOption.ATOMIC_MOVE);
            else
                System.err.println("No archive of classes, tests take longer: " + Files.readString(log, StandardCharsets.UTF_8));
        } finally {
            training.destroyForcibly().waitFor();
        }
    }

    private static String jar(Path classes, Path jar) {
        if (Files.exists(jar)) return jar.toString();
        int result = ToolProvider.findFirst("jar").orElseThrow().run(System.err, System.err, "--create", "--no-compress", "--file",
                jar.toString(), "-C", classes.toString(), ".");
        if (result != 0) throw new AssertionError("no jar of " + classes);
        return jar.toString();
    }

    /// Another one as soon as one file is another.
    private static String stamp(List<Path> places) throws IOException {
        long[] sum = {0};
        for (Path place : places) {
            Files.walkFileTree(place, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
                    sum[0] = 31 * sum[0] + (file.toString().hashCode() ^ is.size() ^ is.lastModifiedTime().toMillis() * 1_000_003);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return Long.toHexString(sum[0]);
    }

    /// What an earlier build left.
    private static void empty(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path at : all.sorted(java.util.Comparator.reverseOrder()).toList())
                if (!at.equals(folder) && !at.equals(folder.resolve("lock"))) Files.delete(at);
        }
    }
}
