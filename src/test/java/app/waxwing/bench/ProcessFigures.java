package app.waxwing.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What Linux says of a process: processor time and memory.
final class ProcessFigures {
    private static final double TICKS = 100;
    private final Path folder;

    ProcessFigures(long pid) {
        folder = Path.of("/proc", String.valueOf(pid));
    }

    /// Seconds of processor time so far, of all its threads, user and system.
    double cpu() {
        String stat = read("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }

    /// Megabytes, each shared page counted in parts.
    double pss() {
        return megabytes("smaps_rollup", "Pss:");
    }

    double rss() {
        return megabytes("smaps_rollup", "Rss:");
    }

    /// The load of the last minute on the whole machine.
    static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double megabytes(String file, String key) {
        String line = read(file).lines().filter(l -> l.startsWith(key)).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1000.0 * 1.024;
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
