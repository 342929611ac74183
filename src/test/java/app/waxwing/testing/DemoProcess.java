package app.waxwing.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
        try {
            var process = ChildJvm.builder(DemoServerMain.class.getName(), List.of("-Xmx512m"), List.of(arguments))
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
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
