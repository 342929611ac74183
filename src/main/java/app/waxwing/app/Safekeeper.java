package app.waxwing.app;

import app.waxwing.account.Accounts;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.SafeFiles;
import app.waxwing.base.Time;
import app.waxwing.settings.Safekeeping;
import app.waxwing.settings.Settings;
import app.waxwing.store.ActiveAccounts;
import app.waxwing.store.Audit;
import app.waxwing.store.Backups;
import app.waxwing.store.Database;
import app.waxwing.store.DiskTrouble;
import app.waxwing.store.Durability;
import app.waxwing.store.Erasures;
import app.waxwing.store.Lane;
import app.waxwing.store.MyData;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/// [Safekeeping] over the store, the accounts and the settings.
record Safekeeper(Database database, Accounts accounts, Settings settings, Time time) implements Safekeeping {
    @Override
    public List<Copy> backups() {
        return database.backups().list().stream().map(Safekeeper::copy).toList();
    }

    @Override
    public Copy backUp() {
        return trying("The backup", database.file(), () -> copy(database.backups().make()));
    }

    @Override
    public Copy backUp(Path file, boolean replace) {
        return trying("The backup " + file, file, () -> copy(database.backups().make(file, replace)));
    }

    @Override
    public Optional<Path> find(String name) {
        return database.backups().find(name);
    }

    @Override
    public Instant prepare(Path backup, Consumer<Progress> progress) {
        return database.prepareRestore(backup, p -> progress.accept(new Progress(switch (p.phase()) {
            case UNPACKING -> Phase.UNPACKING;
            case CHECKING -> Phase.CHECKING;
            case KEEPING -> Phase.KEEPING;
            case READY -> Phase.READY;
        }, p.all() > 0 ? (double) p.done() / p.all() : -1)));
    }

    @Override
    public void restorePrepared() {
        database.planRestore();
    }

    @Override
    public void dropPrepared() {
        database.cancelRestore();
    }

    @Override
    public long exportData(Path file, boolean replace) {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        long rows = trying("The export " + file, file, () -> {
            if (Files.exists(file) && !replace) throw new FileAlreadyExistsException(file.toString());
            if (database.runsOn(file)) throw new Failure.Invalid(file + " is the library that is in use").asException();
            SafeFiles.createOwnerOnly(beside);
            try (var out = Files.newOutputStream(beside, StandardOpenOption.WRITE)) {
                long written = MyData.write(database, settings.json(), out);
                out.flush();
                Files.move(beside, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                return written;
            } catch (IOException e) { // before what was written goes, and makes room
                throw unwritten("The export " + file, file, e);
            } finally {
                Files.deleteIfExists(beside);
            }
        });
        exported();
        return rows;
    }

    /// The files and rows go with the account; what earlier backups and set-aside databases hold of it goes with them, and a backup of now takes
    /// their place.
    @Override
    public Erased erase(long account) {
        List<String> left = new ArrayList<>();
        if (accounts.find(account).isPresent() || !unfinished(account)) {
            try {
                accounts.erase(account).join().stream().map(Accounts.Leftover::words).forEach(left::add);
            } catch (CompletionException e) {
                throw new FailureException(FailureException.of(e), e);
            }
        }
        try {
            Erasures.Rest rest = database.erasures().finish();
            left.addAll(rest.left());
            return new Erased(left, rest.setAside().stream().map(file -> String.valueOf(file.getFileName())).toList());
        } catch (IOException | FailureException e) {
            throw new FailureException(new Failure.Trouble("The account is gone, but backups may still hold it",
                    "one without it cannot be written now. Waxwing tries again every hour, and so does deleting its data once more"), e);
        }
    }

    @Override
    public boolean unfinished(long account) {
        return database.erasures().unfinished(account);
    }

    @Override
    public List<Deed> deeds(int limit) {
        return database.readNow(sql -> Audit.own(sql, limit)).stream()
                .map(e -> new Deed(e.at(), e.actor().name().toLowerCase(Locale.ROOT), e.action(), e.object(), e.outcome())).toList();
    }

    /// One row for each account whose data they were; one that names none where there was none.
    private void exported() {
        database.write(Durability.SOON, Lane.USER, sql -> {
            List<Long> of = ActiveAccounts.ids(sql);
            if (of.isEmpty()) Audit.write(sql, time.now(), Audit.EXPORT, "my data");
            for (long account : of) Audit.write(sql, time.now(), Audit.EXPORT, "my data", account);
            return 0;
        }).join();
    }

    private static Copy copy(Backups.Backup backup) {
        return new Copy(backup.file(), backup.at(), backup.bytes());
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    /// @param file where it is written, or beside which
    private static <T> T trying(String what, Path file, Work<T> work) {
        try {
            return work.run();
        } catch (FileAlreadyExistsException e) {
            throw new Failure.Invalid("there is a file " + e.getFile() + " already").asException();
        } catch (IOException e) {
            throw unwritten(what, file, e);
        }
    }

    private static FailureException unwritten(String what, Path file, IOException e) {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        return DiskTrouble.of(e, folder == null ? absolute : folder, what, "it cannot be written");
    }
}
