package app.waxwing.store;

import app.waxwing.store.Backups.Backup;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// How many backups stay: seven, fewer when they exceed 1 GiB together, and never fewer than two. Pure.
final class BackupLimits {
    private static final int MOST = 7;
    private static final int LEAST = 2;
    private static final long MOST_BYTES = 1L << 30;

    private BackupLimits() {}

    /// Those that are to go, the least missed first.
    ///
    /// @param spared never go
    static List<Backup> beyond(List<Backup> newestFirst, Set<Path> spared) {
        List<Backup> left = new ArrayList<>(newestFirst);
        List<Backup> go = new ArrayList<>();
        while (left.size() > LEAST && (left.size() > MOST || left.stream().mapToLong(Backup::bytes).sum() > MOST_BYTES)) {
            Optional<Backup> next = leastMissed(left, spared);
            if (next.isEmpty()) break;
            go.add(next.get());
            left.remove(next.get());
        }
        return go;
    }

    /// Of the day with the most copies the one before its newest, so that clicks, migrations and tries of one day push out each other; the oldest of
    /// all when each day has one.
    private static Optional<Backup> leastMissed(List<Backup> newestFirst, Set<Path> spared) {
        Map<LocalDate, List<Backup>> days = new TreeMap<>(); // the oldest day first
        for (Backup backup : newestFirst) {
            days.computeIfAbsent(LocalDate.ofInstant(backup.at(), ZoneOffset.UTC), d -> new ArrayList<>()).add(backup);
        }
        return days.values().stream().filter(day -> day.size() > 1).sorted(Comparator.comparingInt(day -> -day.size()))
                .flatMap(day -> Stream.concat(day.stream().skip(1), day.stream().limit(1))).filter(b -> !spared.contains(b.file()))
                .findFirst()
                .or(() -> newestFirst.reversed().stream().filter(b -> !spared.contains(b.file())).findFirst());
    }
}
