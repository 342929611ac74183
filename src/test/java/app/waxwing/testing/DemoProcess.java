package app.waxwing.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The demonstration server in another process, for tests that go the whole way: [DemoServerMain] in a Java of its own.
public final class DemoProcess implements AutoCloseable {
    private final Process process;
    private final String url;

    private DemoProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /// @param arguments as [DemoServerMain] takes them
    public static DemoProcess start(String... arguments) {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1", "-classpath", System.getProperty("java.class.path"), DemoServerMain.class.getName()));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            var reader = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
            String first = reader.readLine();
            if (first == null || !first.startsWith("http://")) {
                process.destroyForcibly();
                throw new IllegalStateException("the server did not start: " + first);
            }
            return new DemoProcess(process, first);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return url;
    }

    /// Stops the process; the port is dead when this returns.
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
