package app.waxwing.app;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.base.AppPaths;
import app.waxwing.base.Counts;
import app.waxwing.base.FailureException;
import app.waxwing.base.FailureWords;
import app.waxwing.base.Secrets;
import app.waxwing.control.Engines.Diagnosis;
import app.waxwing.download.MediaFolders;
import app.waxwing.settings.Metrics;
import app.waxwing.settings.Settings;
import app.waxwing.store.BackupState;
import app.waxwing.store.Backups;
import app.waxwing.store.Database;
import app.waxwing.store.Recovery;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// The self-check behind `waxwing doctor`: folders, database, settings, secrets, sound, servers. Blocks for up to a few seconds.
///
/// @param sound what decoders and outputs say of themselves
record Doctor(AppPaths paths, Database database, Settings settings, Secrets secrets, Accounts accounts, MediaFolders folders,
        Supplier<List<String>> sound)
        implements
            Diagnosis {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH)
            .withZone(ZoneId.systemDefault());
    private static final long LOW_SPACE = 1_000_000_000L;

    @Override
    public List<Check> run() {
        return checks(this::databaseHealth);
    }

    @Override
    public List<Check> look() {
        return checks(() -> new Check("database", !database.doubtful() && asItShouldBe(),
                database.recovered().map(Recovery::sentence).orElse(paths.database() + ".")));
    }

    @Override
    public Metrics metrics() {
        return new DatabaseMetrics(database);
    }

    @Override
    public CompletableFuture<List<String>> integrity() {
        return database.integrityCheck();
    }

    private List<Check> checks(Supplier<Check> databaseHealth) {
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("version", true,
                "Waxwing " + Launcher.version() + ", Java " + Runtime.version() + ", JavaFX " + javaFx() + ", "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch")));
        checks.add(folder("data folder", paths.data()));
        for (MediaFolders.Folder music : musicFolders()) checks.add(music(music));
        checks.add(folder("cache folder", paths.cache()));
        checks.add(folder("log folder", paths.logs()));
        checks.add(databaseHealth.get());
        checks.add(backups(database.backupState()));
        checks.add(figures());
        List<String> troubles = settings.troubles();
        checks.add(
                new Check("settings", troubles.isEmpty(), troubles.isEmpty() ? paths.settings().toString() : String.join(" ", troubles)));
        checks.add(new Check("sign-in tokens", true, "Kept in " + secrets.place() + "."));
        for (String sentence : sound.get()) checks.add(new Check("sound", !sentence.contains(" is missing "), sentence));
        for (Account account : accounts.all()) {
            boolean online = accounts.reachability().online(account.id());
            checks.add(new Check("server " + account.serverName(), online, account.kind().word() + " " + account.serverVersion() + " at "
                    + account.url() + heard(account)
                    + (online ? " may be asked." : away(account))));
        }
        if (accounts.all().isEmpty()) checks.add(new Check("servers", true, "No account yet."));
        return checks;
    }

    private String away(Account account) {
        return accounts.reachability().strangers().contains(account.id())
                ? ": another server answers there now, and nothing is sent to it. What is on this computer goes on playing; "
                        + "it goes on when its own server is back, or when you sign in to the one that answers."
                : " cannot be reached now; what is on this computer goes on playing.";
    }

    private static Check folder(String name, Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                return new Check(name, false, folder + " is not there.");
            }
            FileStore store = Files.getFileStore(folder);
            long free = store.getUsableSpace();
            boolean writable = Files.isWritable(folder);
            return new Check(name, writable && free > LOW_SPACE,
                    folder + (writable ? "" : " cannot be written;") + ", " + FailureWords.bytes(free) + " free.");
        } catch (IOException e) {
            return new Check(name, false, folder + " cannot be looked at: " + e.getMessage());
        }
    }

    private List<MediaFolders.Folder> musicFolders() {
        try {
            return folders.list().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return List.of(new MediaFolders.Folder(paths.media(), true, true, Optional.empty(), 0, 0, 0, 0));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static Check music(MediaFolders.Folder f) {
        String name = f.isDefault() ? "music folder" : "another music folder";
        String holds = Counts.of(f.files(), "file") + ", " + FailureWords.bytes(f.bytes());
        if (f.missing()) return new Check(name, false, f.path() + " is not there now; what it holds (" + holds + ") waits for its drive.");
        String trouble = f.trouble().map(FailureWords::sentence).orElse("");
        return new Check(name, trouble.isEmpty() && f.free() > LOW_SPACE,
                f.path() + ": " + holds + "; " + FailureWords.bytes(f.free()) + " free." + (trouble.isEmpty() ? "" : " " + trouble));
    }

    private Check databaseHealth() {
        try {
            List<String> trouble = database.integrityCheck().get(60, TimeUnit.SECONDS);
            if (!trouble.isEmpty() || database.doubtful()) {
                return new Check("database", false, paths.database() + " is damaged (" + String.join("; ", trouble)
                        + "). Close Waxwing and start it again: it puts back the newest good backup.");
            }
            List<String> stray = database.strayRows().get(60, TimeUnit.SECONDS);
            if (!stray.isEmpty()) {
                return new Check("database", false, paths.database() + " is sound, but " + String.join("; ", stray)
                        + ". Waxwing works on; please report it.");
            }
            return new Check("database", asItShouldBe(),
                    database.recovered().map(Recovery::sentence).orElse(paths.database() + " is sound."));
        } catch (ExecutionException e) {
            return new Check("database", false, FailureWords.sentence(FailureException.of(e)));
        } catch (TimeoutException e) {
            return new Check("database", false, "The check takes longer than a minute.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Check("database", false, "The check was interrupted.");
        }
    }

    /// A restore that the user asked for is no trouble.
    private boolean asItShouldBe() {
        return database.recovered().map(Recovery::asked).orElse(true);
    }

    /// No trouble before the newest is older than three days: nobody has the computer on at all times.
    static Check backups(BackupState state) {
        var words = new StringBuilder();
        if (state.all().isEmpty()) {
            words.append(state.away().isEmpty() ? "There is no backup yet." : "No backup can be read now.");
        } else {
            words.append(Counts.of(state.all().size(), "backup")).append(", ")
                    .append(FailureWords.bytes(state.all().stream().mapToLong(Backups.Backup::bytes).sum()))
                    .append(", the newest of ").append(MINUTE.format(state.all().getFirst().at())).append('.');
        }
        for (Path folder : state.away()) words.append(" More may be in ").append(folder).append(", which cannot be read now.");
        state.failure().ifPresent(f -> words.append(" The last one could not be made. ").append(FailureWords.sentence(f)));
        if (state.overdue()) {
            words.append(
                    " None was made for more than three days: Waxwing makes one a day while it runs, and «Back up now» in Settings, Backups, "
                            + "makes one at once.");
        }
        return new Check("backups", !state.overdue(), words.toString());
    }

    private Check figures() {
        Database.Figures f = database.figures();
        String slow = database.slow().stream().findFirst()
                .map(s -> "; the newest slow one took " + s.took().toMillis() + " ms: " + shortened(s.sql())).orElse("");
        return new Check("database figures", true, "Schema " + database.schema() + "; " + FailureWords.bytes(f.fileBytes()) + ", log "
                + FailureWords.bytes(f.walBytes()) + "; " + Counts.of(f.statements(), "statement") + ", " + f.slow() + " of them slow"
                + slow + ".");
    }

    private static String shortened(String sql) {
        String line = sql.replaceAll("\\s+", " ");
        return line.length() <= 160 ? line : line.substring(0, 160) + "…";
    }

    private String heard(Account account) {
        return accounts.reachability().lastContact(account.id())
                .map(t -> ", last heard " + t.truncatedTo(java.time.temporal.ChronoUnit.SECONDS) + ",")
                .orElse(", not heard in this run,");
    }

    /// Known without JavaFX at work: its own file says it.
    private static String javaFx() {
        try (var in = Doctor.class.getResourceAsStream("/javafx.properties")) {
            if (in == null) return "of unknown version";
            var file = new java.util.Properties();
            file.load(in);
            return file.getProperty("javafx.runtime.version", file.getProperty("javafx.version", "of unknown version"));
        } catch (IOException e) {
            return "of unknown version (" + e.getMessage() + ")";
        }
    }
}
