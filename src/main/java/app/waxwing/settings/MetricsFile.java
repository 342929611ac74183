package app.waxwing.settings;

import app.waxwing.base.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;

/// [Metrics] as a file. Blocks on the disk.
public final class MetricsFile {
    private MetricsFile() {}

    /// Into a new file, by its name as JSON or CSV; an older one is never written over.
    ///
    /// @throws app.waxwing.base.FailureException when it cannot be written
    public static Path write(Path file, Metrics.View view) {
        boolean csv = file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        try {
            return Files.writeString(file, csv ? MetricsText.csv(view) : MetricsText.json(view), StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new Failure.Invalid(file + " exists already, and is not written over; choose another name").asException();
        } catch (IOException e) {
            throw new Failure.Trouble("The figures cannot be written to " + file, why(e, file)).asException();
        }
    }

    /// Both forms, named by the time; answers with the JSON one.
    public static Path write(Path folder, Metrics.View view, Instant now) {
        String name = "waxwing-metrics-" + now.toString().substring(0, 19).replace(":", "");
        write(folder.resolve(name + ".csv"), view);
        return write(folder.resolve(name + ".json"), view);
    }

    /// Java's message is often no more than the file's name.
    private static String why(IOException e, Path file) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no folder " + file.getParent();
            case AccessDeniedException _ -> "that is not permitted";
            default -> String.valueOf(e.getMessage());
        };
    }
}
