package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.download.Wave.Met;
import app.waxwing.library.FileTable;
import app.waxwing.library.LibraryChanges;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// B.21–B.30 and B.41: disks, folders, names and files.
final class DiskStates {
    private static final String[] PIECES = {"..", "/", "\\", "CON", "con.flac", "a:b", "\0", "\u202e", "é", "e\u0301", "É", "😀", "\ud800",
            "名前", " ", ".", "~", "%2e", "C:", "\n", "aux.", "x".repeat(300), "Ä", "ä", "ß", "SS", "\u212b", "Å"};

    private DiskStates() {}

    static Map<String, State> all() {
        Map<String, State> all = new LinkedHashMap<>();
        all.put("B.30 whole, then deleted or edited, fetched anew over the cut", State.of(2, DiskStates::spoilt));
        all.put("B.21 the volume takes no more of a file than has come", State.of(2, DiskStates::tooLarge));
        all.put("B.22 the folder may not be written, and may again", State.of(2, DiskStates::readOnly));
        all.put("B.23 the folder is taken away and brought back", State.of(2, DiskStates::takenAway));
        all.put("B.24 B.25 B.26 hostile titles", State.of(1, DiskStates::hostile));
        all.put("B.26 a link stands where the file shall be", State.of(1, w -> planted(w, true)));
        all.put("B.30 another's file stands where the file shall be", State.of(1, w -> planted(w, false)));
        all.put("B.27 the part is longer, shorter, gone or longer than the file when it goes on", State.of(2, DiskStates::otherParts));
        all.put("B.28 a file without a byte", State.of(1, w -> {
            w.begin();
            w.goOn();
            w.whole();
            w.each(t -> assertThat(w.rig.server.requests(Rig.path(t.key.id()))).as(t.toString())
                    .allMatch(r -> r.header("range").isEmpty()));
        }).ofEmptyFiles());
        all.put("B.29 another program holds the file open", State.of(1, DiskStates::heldOpen));
        all.put("B.41 the cache overflows while one of its files is used and another written",
                State.of(1, DiskStates::overflows).most(1).inSmallCache());
        return all;
    }

    private static void tooLarge(Wave w) {
        w.begin();
        w.each(t -> w.disk.longest.put(t.word(), Math.max(0, t.place)));
        w.goOn();
        List<Long> failed = new ArrayList<>();
        for (Met t : w.tracks) {
            Rig.await(() -> w.row(t).status() == Status.FAILED || t.allSent() && w.row(t).status() == Status.COMPLETED,
                    () -> t + ": is not refused: " + w.row(t));
            if (w.row(t).status() == Status.COMPLETED) continue;
            assertThat(w.row(t).error().orElseThrow()).as(t.toString()).contains("too large").contains("on this disk");
            failed.add(w.row(t).id());
        }
        w.disk.longest.clear();
        w.rig.engine.retry(failed).join();
    }

    private static void readOnly(Wave w) {
        w.begin();
        w.disk.refused.set(0);
        w.disk.refusal = Optional.of(w.random.nextBoolean() ? BentDisk.Refusal.READ_ONLY : BentDisk.Refusal.DENIED);
        w.goOn();
        w.held(Reason.DISK);
        w.stopped();
        if (w.tracks.stream().anyMatch(t -> w.row(t).status() != Status.COMPLETED)) {
            int before = w.disk.refused.get();
            w.quiet(() -> w.disk.refused.get() > before + 2, "nobody looks whether it can be written again");
        }
        w.disk.refusal = Optional.empty();
    }

    private static void takenAway(Wave w) throws IOException {
        Path media = w.rig.paths.media();
        Path away = media.resolveSibling("elsewhere");
        w.begin();
        Files.move(media, away);
        w.goOn();
        w.held(Reason.DISK);
        w.stopped();
        assertThat(media).doesNotExist();
        Files.move(away, media);
    }

    private static void hostile(Wave w) throws IOException {
        String same = "";
        for (Met t : w.tracks) {
            var title = new StringBuilder();
            for (int n = 1 + w.random.nextInt(3); n > 0; n--) title.append(PIECES[w.random.nextInt(PIECES.length)]);
            // Some are the title of the one before, for a file system that knows neither case nor composition.
            if (w.random.nextInt(3) > 0 || same.isEmpty()) same = title.toString();
            w.title(t, w.random.nextBoolean()
                    ? same
                    : Normalizer.normalize(same.replace('\ud800', 'x').toUpperCase(Locale.ROOT), Normalizer.Form.NFD));
        }
        w.begin();
        w.goOn();
        w.whole();
        Path root = w.rig.paths.media().toRealPath();
        Set<String> seen = new HashSet<>();
        for (Met t : w.tracks) {
            Path file = w.row(t).path().orElseThrow();
            assertThat(file.toRealPath(LinkOption.NOFOLLOW_LINKS)).as(t.toString()).startsWith(root);
            String folded = Normalizer.normalize(Normalizer.normalize(file.toString(), Normalizer.Form.NFD).toUpperCase(Locale.ROOT),
                    Normalizer.Form.NFC);
            assertThat(seen.add(folded)).as("%s: %s meets another", t, file).isTrue();
            assertThat(file.getFileName().toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(255);
        }
    }

    /// Of one that is on its way to its name already nobody can say which was first.
    private static void planted(Wave w, boolean link) throws IOException {
        w.begin();
        Map<Path, Met> planted = new HashMap<>();
        for (Met t : w.tracks) {
            if (t.allSent()) continue;
            Path place = w.rig.paths.media()
                    .resolve(w.rig.engine.stored(w.row(t).id()).join().flatMap(Entry::filePath).orElseThrow());
            if (link) Files.createSymbolicLink(place, Files.writeString(w.rig.paths.data().resolve("victim"), "theirs"));
            else Files.writeString(place, "theirs", StandardOpenOption.CREATE_NEW);
            planted.put(place, t);
        }
        w.goOn();
        w.whole();
        for (var one : planted.entrySet()) {
            assertThat(one.getKey()).as(one.getValue().toString()).hasContent("theirs");
            assertThat(w.row(one.getValue()).path().orElseThrow()).as(one.getValue().toString()).isNotEqualTo(one.getKey());
            assertThat(Files.isSymbolicLink(one.getKey())).isEqualTo(link);
            Files.delete(one.getKey());
        }
    }

    private static void otherParts(Wave w) throws IOException {
        w.begin();
        boolean ends = w.random.nextBoolean();
        if (ends) w.rig.engine.close();
        else {
            w.rig.engine.pause(w.ids()).join();
            w.rig.stopped();
        }
        for (Met t : w.tracks) {
            Optional<Path> part = w.file(t, ".part");
            if (part.isEmpty()) continue;
            try (FileChannel channel = FileChannel.open(part.get(), StandardOpenOption.WRITE)) {
                int size = t.first.bytes().length;
                switch (w.random.nextInt(5)) {
                    case 0 -> channel.write(ByteBuffer.wrap(new byte[1 + w.random.nextInt(2000)]), channel.size());
                    case 1 -> channel.write(ByteBuffer.wrap(new byte[1000]), size + w.random.nextInt(size));
                    case 2 -> channel.truncate(w.random.nextLong(channel.size() + 1));
                    case 3 -> Files.delete(part.get());
                    default -> channel.force(false);
                }
            }
        }
        w.goOn();
        if (ends) w.rig.reopen();
        else w.rig.engine.resume(w.ids()).join();
    }

    private static void heldOpen(Wave w) {
        w.begin();
        Map<Met, AtomicInteger> refusals = new HashMap<>();
        int times = 1 + w.random.nextInt(2);
        for (Met t : w.tracks) {
            if (t.allSent()) continue;
            var left = new AtomicInteger(times);
            refusals.put(t, left);
            w.disk.heldOpen.put(t.word(), left);
        }
        w.goOn();
        w.whole();
        refusals.forEach((t, left) -> assertThat(left.get()).as("%s: what is left of the refusals", t).isNegative());
        w.disk.heldOpen.clear();
    }

    /// Noticed by who uses the file and fetched by a retry or a wish, or both by a repair.
    private static void spoilt(Wave w) throws IOException {
        w.each(Met::passed);
        w.enqueue(Origin.USER, 0);
        w.whole();
        Map<Path, byte[]> theirs = new HashMap<>();
        for (Met t : w.tracks) {
            Path file = w.row(t).path().orElseThrow();
            int how = w.random.nextInt(3);
            byte[] edited = w.rig.bytes(w.row(t));
            edited[w.random.nextInt(edited.length)] ^= 1;
            if (how == 0) Files.delete(file);
            else {
                Files.write(file, how == 1 ? edited : "their tags".getBytes(StandardCharsets.UTF_8));
                Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-07-01T10:00:00Z")));
                theirs.put(file, Files.readAllBytes(file));
            }
        }
        int by = w.random.nextInt(3);
        if (by > 0) used(w);
        w.arm();
        w.each(Met::again);
        switch (by) {
            case 0 -> w.rig.engine.verify(true).join();
            case 1 -> w.rig.engine.retry(w.ids()).join();
            default -> w.enqueue(Origin.USER, 0);
        }
        w.atPlaces();
        w.goOn();
        w.whole();
        for (var one : theirs.entrySet()) {
            assertThat(Arrays.equals(Files.readAllBytes(one.getKey()), one.getValue())).as("what somebody wrote stays at %s", one.getKey())
                    .isTrue();
            Files.delete(one.getKey());
        }
    }

    /// Somebody wants to play the files, and finds that they are not what they were.
    private static void used(Wave w) {
        var files = new FileTable(w.rig.database, new LibraryChanges(w.rig.time, Runnable::run), w.rig.paths.cachedMedia(),
                MediaFolders::isThere, w.rig.time);
        try (var gone = files.vanished().subscribe(key -> w.rig.engine.missingFiles().missing(key));
                var dated = files.redated().subscribe(key -> w.rig.engine.missingFiles().redated(key))) {
            w.each(t -> files.find(t.key));
            w.each(t -> Rig.await(() -> w.row(t).status() == Status.FAILED, () -> t + ": nobody notices: " + w.row(t)));
        }
    }

    /// One file is used all the time and was there first; with what comes the cache holds three, and what came in the waves before must go.
    private static void overflows(Wave w) {
        Rig rig = w.rig;
        Met t = w.tracks.getFirst();
        int size = t.first.bytes().length;
        ItemKey used = rig.offered("used", size);
        rig.inUse = used::equals;
        rig.engine.enqueue(List.of(used), Origin.QUEUE, 0, "original").join();
        rig.await(used, Status.COMPLETED);
        w.begin(Origin.QUEUE);
        ItemKey more = rig.offered("more" + t.key.id(), size);
        rig.engine.enqueue(List.of(more), Origin.ALBUM, 0, "original").join();
        rig.await(more, Status.COMPLETED);
        w.goOn();
        w.whole();
        Rig.await(() -> Rig.files(rig.paths.cachedMedia()).size() <= 3, () -> t + ": the cache stays too full");
        assertThat(rig.row(used).map(Download::status)).as("%s: what is used", t).contains(Status.COMPLETED);
        assertThat(rig.right(used, size) && rig.right(more, size)).as("%s: what is used and what came beside it", t).isTrue();
    }

    /// What the row says that is durable.
    static long durable(Rig rig, Met t) {
        return rig.database.readNow(sql -> sql.select(DOWNLOAD.BYTES_DOWNLOADED).from(DOWNLOAD).where(DOWNLOAD.ITEM_ID.eq(t.key.id()))
                .fetchSingle(DOWNLOAD.BYTES_DOWNLOADED));
    }
}
