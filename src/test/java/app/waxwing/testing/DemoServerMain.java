package app.waxwing.testing;

import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoOptions;
import app.waxwing.demo.DemoServer;
import app.waxwing.demo.ServerVersion;
import java.io.IOException;

/// The demonstration server in a process of its own, until its standard input ends. Prints its address as the first line.
/// Arguments: `--port N`, `--version 12.0.0`, `--tracks N` (synthetic), `--base /path`.
public final class DemoServerMain {
    private DemoServerMain() {}

    public static void main(String[] args) throws IOException {
        var options = DemoOptions.USUAL;
        var library = DemoLibrary.bundled();
        for (int i = 0; i + 1 < args.length; i += 2) {
            String value = args[i + 1];
            switch (args[i]) {
                case "--port" -> options = options.port(Integer.parseInt(value));
                case "--version" -> options = options.version(new ServerVersion(value));
                case "--base" -> options = options.basePath(value);
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
