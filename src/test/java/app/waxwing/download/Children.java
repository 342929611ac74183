package app.waxwing.download;

import app.waxwing.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Starts [DownloadChild] or its like many times, each to die at a place of its own.
///
/// @param log  what they say on their standard error
/// @param main what each of them runs
record Children(Path log, Class<?> main) {
    static Children in(Path folder) {
        return in(folder, DownloadChild.class);
    }

    static Children in(Path folder, Class<?> main) {
        return new Children(folder.resolve("child.log"), main);
    }

    /// @param halt where it shall die, as [Halts] reads it
    Process start(String halt, String... arguments) throws IOException {
        return ChildJvm.builder(main.getName(), List.of("-D" + Halts.PROPERTY + "=" + halt), List.of(arguments))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    }
}
