package app.waxwing.store;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.SafeFiles;
import app.waxwing.base.Time;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A restore in three steps: while the program runs, the backup is unpacked beside the database and looked through wholly, and what is here now is
/// backed up; then the user wants it or not, and what is not planned by then goes, at the next start at the latest; at the next start it takes the
/// database's place, before anything is read from it. Killed within the last step, that begins again.
final class PlannedRestore {
    private static final Logger LOG = LoggerFactory.getLogger(PlannedRestore.class);
    /// A line of the plan: of what is replaced there is no backup, since it is damaged.
    private static final String NOT_KEPT = "not kept";
    private final Path file;
    private final Path unpacked;
    private final Path planned;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Ready> ready = Optional.empty();

    /// @param at of when the backup is
    /// @param kept a backup of what it replaces was made
    private record Ready(Instant at, boolean kept) {}

    PlannedRestore(Path file) {
        this.file = file;
        this.unpacked = file.resolveSibling(file.getFileName() + ".restoring");
        this.planned = file.resolveSibling(file.getFileName() + ".restore");
    }

    /// @param known the newest version of the schema that this build knows
    /// @param backups get one of now once the chosen one is found to be sound, which stays whatever it pushes out
    /// @return of when the backup is
    /// @throws FailureException when it is damaged, none of ours, or of a newer Waxwing; nothing is changed then
    Instant prepare(Path backup, int known, Backups backups, Consumer<RestoreProgress> progress) throws IOException, SQLException {
        if (Backups.runs(file, backup)) {
            throw new Failure.Invalid(backup + " is the library that is in use, not a backup of it; nothing was changed").asException();
        }
        lock.lock();
        try {
            clear();
            unpack(backup, progress);
            progress.accept(new RestoreProgress(RestoreProgress.Phase.CHECKING, 0, 0));
            Optional<String> wrong = Soundness.wrong(unpacked, true);
            if (wrong.isPresent()) throw damaged(backup, wrong.get());
            int version = Migrations.version(unpacked);
            if (version == 0) throw new Failure.Invalid(backup + " is no backup of Waxwing; nothing was changed").asException();
            if (version > known) {
                throw new Failure.Invalid(
                        backup + " was made by a newer Waxwing (its version " + version + ", this one knows up to " + known
                                + "). Please restore it with the newer one; nothing was changed")
                        .asException();
            }
            Instant at = Instant.ofEpochMilli(
                    BackupFile.noted(unpacked, BackupFile.MADE_AT).orElse(Files.getLastModifiedTime(backup).toMillis()));
            progress.accept(new RestoreProgress(RestoreProgress.Phase.KEEPING, 0, 0));
            boolean kept = keepNow(backup, backups);
            progress.accept(new RestoreProgress(RestoreProgress.Phase.READY, 1, 1));
            ready = Optional.of(new Ready(at, kept));
            return at;
        } finally {
            if (ready.isEmpty()) Recovery.discard(unpacked);
            lock.unlock();
        }
    }

    /// The next start does it.
    ///
    /// @throws FailureException when nothing was prepared, or it was cancelled since
    void plan() throws IOException {
        lock.lock();
        try {
            Ready wanted = ready.orElseThrow(() -> new Failure.NotFound("prepared backup").asException());
            String plan = wanted.at().toEpochMilli() + (wanted.kept() ? "" : "\n" + NOT_KEPT);
            SafeFiles.writeOwnerOnly(planned, plan.getBytes(StandardCharsets.UTF_8));
            ready = Optional.empty();
            LOG.info("the database will be the backup of {} at the next start", wanted.at());
        } finally {
            lock.unlock();
        }
    }

    /// What was prepared goes; what was planned stays. Does not wait for a backup that is being unpacked: the next start clears what that leaves.
    void cancel() {
        if (!lock.tryLock()) return;
        try {
            if (ready.isEmpty()) return;
            ready = Optional.empty();
            Recovery.discard(unpacked);
        } catch (IOException e) {
            LOG.warn("{} stays until the next start", unpacked, e);
        } finally {
            lock.unlock();
        }
    }

    /// As [#cancel], and waits for a backup that is being unpacked.
    void forget() {
        lock.lock();
        try {
            cancel();
        } finally {
            lock.unlock();
        }
    }

    /// @return false when there is none of it
    private static boolean keepNow(Path backup, Backups backups) throws IOException {
        try {
            backups.makeSparing(Optional.of(backup));
            return true;
        } catch (FailureException e) {
            // Who restores because the database is damaged cannot have a backup of it first; what is replaced is kept whatever it is.
            if (!(e.failure() instanceof Failure.Corrupt)) throw e;
            LOG.warn("no backup before the restore: {}", e.getMessage());
            return false;
        }
    }

    private void clear() throws IOException {
        ready = Optional.empty();
        Files.deleteIfExists(planned);
        Recovery.discard(unpacked);
    }

    private void unpack(Path backup, Consumer<RestoreProgress> progress) throws IOException {
        long all = Files.size(backup);
        try (var counting = new Counting(Files.newInputStream(backup), read -> progress
                .accept(new RestoreProgress(RestoreProgress.Phase.UNPACKING, read, all)));
                InputStream in = BackupFile.open(counting)) {
            Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
        } catch (ZipException | java.io.EOFException e) {
            throw damaged(backup, String.valueOf(e.getMessage()));
        } catch (IOException e) { // before what was written goes, and makes room
            var full = DiskTrouble.full(e, Recovery.folder(file));
            if (full.isPresent()) throw full.get();
            throw e;
        }
    }

    private static FailureException damaged(Path backup, String why) {
        LOG.warn("the backup {} is damaged: {}", backup, why);
        return new Failure.Corrupt("The backup " + backup.getFileName()).asException();
    }

    /// At the start, before the database is opened: the second step where one is planned.
    Optional<Recovery> carryOut(Time time) throws IOException, SQLException {
        if (!Files.exists(planned)) {
            Recovery.discard(unpacked); // the program ended before the user said that this is wanted
            return Optional.empty();
        }
        List<String> plan = Files.readAllLines(planned);
        Instant at = Instant.ofEpochMilli(Long.parseLong(plan.getFirst().strip()));
        // What is damaged, and in no backup, stays as what was found to be damaged does.
        boolean kept = !plan.contains(NOT_KEPT);
        Optional<Path> aside;
        if (Files.exists(unpacked)) {
            Path place = Recovery.placeAside(file, kept ? SetAside.REPLACED : SetAside.DAMAGED, time);
            aside = Recovery.putInPlace(unpacked, file, at, place, true);
        } else {
            aside = Recovery.aside(file);
        }
        Files.delete(planned);
        SafeFiles.forceFolder(Recovery.folder(file));
        if (kept) aside.ifPresent(this::onlyNewest);
        LOG.warn("the database is the backup of {} now, as the user wished", at);
        return Optional.of(new Recovery(true, aside, Optional.of(at), 0, List.of()));
    }

    /// Of what restores replaced, one stays: each is as large as the library.
    private void onlyNewest(Path newest) {
        try (var all = Files.newDirectoryStream(Recovery.folder(file), file.getFileName() + SetAside.REPLACED + "*")) {
            for (Path old : all) if (!old.toString().startsWith(newest.toString())) Files.delete(old);
        } catch (IOException e) {
            LOG.warn("what an earlier restore replaced stays", e);
        }
    }

    /// Tells how far a file was read, every 4 MiB.
    private static final class Counting extends FilterInputStream {
        private static final long STEP = 4L << 20;
        private final Consumer<Long> told;
        private long read;

        Counting(InputStream in, Consumer<Long> told) {
            super(in);
            this.told = told;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            if (one >= 0) count(1);
            return one;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int some = super.read(into, from, length);
            if (some > 0) count(some);
            return some;
        }

        private void count(int bytes) {
            long before = read;
            read += bytes;
            if (before / STEP != read / STEP || before == 0) told.accept(read);
        }
    }
}
