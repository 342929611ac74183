package app.waxwing.testing;

import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoOptions;
import app.waxwing.demo.DemoServer;
import app.waxwing.demo.ServerVersion;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/// The demonstration server in a process of its own, until its standard input ends. Prints its address as the first line.
/// Arguments: `--port N`, `--version 12.0.0`, `--tracks N` (synthetic), `--library FOLDER`, `--base /path`.
public final class DemoServerMain {
    private DemoServerMain() {}

    public static void main(String[] args) throws IOException {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        var options = DemoOptions.USUAL;
        var library = DemoLibrary.bundled();
        for (int i = 0; i + 1 < args.length; i += 2) {
            String value = args[i + 1];
            switch (args[i]) {
                case "--port" -> options = options.port(Integer.parseInt(value));
                case "--version" -> options = options.version(new ServerVersion(value));
                case "--base" -> options = options.basePath(value);
                case "--library" -> library = DemoLibrary.folder(Path.of(value));
                case "--tracks" -> library = DemoLibrary.synthetic(Integer.parseInt(value), 1);
                default -> throw new IllegalArgumentException(args[i]);
            }
        }
        try (var server = DemoServer.start(library, options)) {
            System.out.println(server.url());
            while (System.in.read() >= 0) {
                // until the parent closes our input
            }
        }
    }
}
