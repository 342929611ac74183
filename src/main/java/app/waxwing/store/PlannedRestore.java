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
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A restore in two steps: while the program runs, the backup is unpacked beside the database and looked through wholly; at the next start it takes
/// the database's place, before anything is read from it. Killed in between, the second step begins again.
final class PlannedRestore {
    private static final Logger LOG = LoggerFactory.getLogger(PlannedRestore.class);
    private final Path file;
    private final Path unpacked;
    private final Path planned;

    PlannedRestore(Path file) {
        this.file = file;
        this.unpacked = file.resolveSibling(file.getFileName() + ".restoring");
        this.planned = file.resolveSibling(file.getFileName() + ".restore");
    }

    /// @param known the newest version of the schema that this build knows
    /// @return of when the backup is
    /// @throws FailureException when it is damaged, none of ours, or of a newer Waxwing; nothing is changed then
    synchronized Instant plan(Path backup, int known, Consumer<RestoreProgress> progress) throws IOException, SQLException {
        cancel();
        try {
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
            SafeFiles.writeOwnerOnly(planned, String.valueOf(at.toEpochMilli()).getBytes(StandardCharsets.UTF_8));
            LOG.info("the database will be the backup {} at the next start", backup);
            progress.accept(new RestoreProgress(RestoreProgress.Phase.READY, 1, 1));
            return at;
        } finally {
            if (!Files.exists(planned)) Files.deleteIfExists(unpacked);
        }
    }

    private void cancel() throws IOException {
        Files.deleteIfExists(planned);
        Files.deleteIfExists(unpacked);
    }

    private void unpack(Path backup, Consumer<RestoreProgress> progress) throws IOException {
        long all = Files.size(backup);
        try (var counting = new Counting(Files.newInputStream(backup), read -> progress
                .accept(new RestoreProgress(RestoreProgress.Phase.UNPACKING, read, all)));
                InputStream in = BackupFile.open(counting)) {
            Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
        } catch (ZipException | java.io.EOFException e) {
            throw damaged(backup, String.valueOf(e.getMessage()));
        }
    }

    private static FailureException damaged(Path backup, String why) {
        LOG.warn("the backup {} is damaged: {}", backup, why);
        return new Failure.Corrupt("The backup " + backup.getFileName()).asException();
    }

    /// At the start, before the database is opened: the second step where one is planned.
    Optional<Recovery> carryOut(Time time) throws IOException, SQLException {
        if (!Files.exists(planned)) return Optional.empty();
        Instant at = Instant.ofEpochMilli(Long.parseLong(Files.readString(planned).strip()));
        Optional<Path> aside = Optional.empty();
        if (Files.exists(unpacked)) {
            aside = Recovery.setAside(file, ".replaced-", time);
            Recovery.putInPlace(unpacked, file, at);
        }
        Files.delete(planned);
        SafeFiles.forceFolder(Recovery.folder(file));
        aside.ifPresent(this::onlyNewest);
        LOG.warn("the database is the backup of {} now, as the user wished", at);
        return Optional.of(new Recovery(true, aside, Optional.of(at), 0));
    }

    /// Of what restores replaced, one stays: each is as large as the library.
    private void onlyNewest(Path newest) {
        try (var all = Files.newDirectoryStream(Recovery.folder(file), file.getFileName() + ".replaced-*")) {
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
