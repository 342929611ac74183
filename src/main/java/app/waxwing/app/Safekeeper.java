package app.waxwing.app;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Time;
import app.waxwing.settings.Safekeeping;
import app.waxwing.settings.Settings;
import app.waxwing.store.Audit;
import app.waxwing.store.Backups;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.store.MyData;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [Safekeeping] over the store, the accounts and the settings.
record Safekeeper(Database database, Accounts accounts, Settings settings, Time time) implements Safekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Safekeeper.class);

    @Override
    public List<Copy> backups() {
        return database.backups().list().stream().map(Safekeeper::copy).toList();
    }

    @Override
    public Copy backUp() {
        return trying("The backup", () -> copy(database.backups().make()));
    }

    @Override
    public Copy backUp(Path file, boolean replace) {
        return trying("The backup " + file, () -> copy(database.backups().make(file, replace)));
    }

    @Override
    public Optional<Path> find(String name) {
        return database.backups().find(name);
    }

    @Override
    public Instant restore(Path backup, Consumer<Progress> progress) {
        try {
            trying("A backup of what is here now", database.backups()::make);
        } catch (FailureException e) {
            // Who restores because the database is damaged cannot have a backup of it first; what is replaced is kept whatever it is.
            if (!(e.failure() instanceof Failure.Corrupt)) throw e;
            LOG.warn("no backup before the restore: {}", e.getMessage());
        }
        return database.restore(backup, p -> progress.accept(new Progress(switch (p.phase()) {
            case UNPACKING -> Phase.UNPACKING;
            case CHECKING -> Phase.CHECKING;
            case READY -> Phase.READY;
        }, p.all() > 0 ? (double) p.done() / p.all() : -1)));
    }

    @Override
    public long exportData(Path file, boolean replace) {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        long rows = trying("The export " + file, () -> {
            if (Files.exists(file) && !replace) throw new FileAlreadyExistsException(file.toString());
            try (var out = Files.newOutputStream(beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                long written = MyData.write(database, settings.json(), out);
                out.flush();
                Files.move(beside, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                return written;
            } finally {
                Files.deleteIfExists(beside);
            }
        });
        audit(Audit.EXPORT, "my data");
        return rows;
    }

    /// The files and rows go with the account; what earlier backups hold of it goes with them, and one of now takes their place.
    @Override
    public void erase(long account) {
        Account gone = accounts.find(account).orElseThrow(() -> new Failure.NotFound("account " + account).asException());
        try {
            accounts.remove(gone.id(), false).join();
        } catch (CompletionException e) {
            throw new FailureException(FailureException.of(e), e);
        }
        trying("The backup without this account", database.backups()::renew);
    }

    @Override
    public List<Deed> deeds(int limit) {
        return database.readNow(sql -> Audit.own(sql, limit)).stream()
                .map(e -> new Deed(e.at(), e.actor().name().toLowerCase(Locale.ROOT), e.action(), e.object(), e.outcome())).toList();
    }

    private void audit(String action, String object) {
        database.write(Durability.SOON, Lane.USER, sql -> {
            Audit.write(sql, time.now(), action, object);
            return 0;
        }).join();
    }

    private static Copy copy(Backups.Backup backup) {
        return new Copy(backup.file(), backup.at(), backup.bytes());
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> T trying(String what, Work<T> work) {
        try {
            return work.run();
        } catch (FileAlreadyExistsException e) {
            throw new Failure.Invalid("there is a file " + e.getFile() + " already").asException();
        } catch (IOException e) {
            throw new FailureException(new Failure.Trouble(what, "it cannot be written"), e);
        }
    }
}
