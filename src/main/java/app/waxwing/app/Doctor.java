package app.waxwing.app;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.base.AppPaths;
import app.waxwing.base.FailureException;
import app.waxwing.base.FailureWords;
import app.waxwing.base.Secrets;
import app.waxwing.control.Engines.Diagnosis;
import app.waxwing.download.MediaFolders;
import app.waxwing.settings.Settings;
import app.waxwing.store.Database;
import app.waxwing.store.Recovery;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private static final long LOW_SPACE = 1_000_000_000L;

    @Override
    public List<Check> run() {
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("version", true,
                "Waxwing " + Launcher.version() + ", Java " + Runtime.version() + ", " + System.getProperty("os.name")
                        + " " + System.getProperty("os.arch")));
        checks.add(folder("data folder", paths.data()));
        for (MediaFolders.Folder music : musicFolders()) checks.add(music(music));
        checks.add(folder("cache folder", paths.cache()));
        checks.add(folder("log folder", paths.logs()));
        checks.add(databaseHealth());
        List<String> troubles = settings.troubles();
        checks.add(
                new Check("settings", troubles.isEmpty(), troubles.isEmpty() ? paths.settings().toString() : String.join(" ", troubles)));
        checks.add(new Check("sign-in tokens", true, "Kept in " + secrets.place() + "."));
        for (String sentence : sound.get()) checks.add(new Check("sound", !sentence.contains(" is missing "), sentence));
        for (Account account : accounts.all()) {
            boolean online = accounts.reachability().online(account.id());
            checks.add(new Check("server " + account.serverName(), online, account.kind().word() + " " + account.serverVersion() + " at "
                    + account.url() + (online ? " may be asked." : " cannot be reached now; what is on this computer goes on playing.")));
        }
        if (accounts.all().isEmpty()) checks.add(new Check("servers", true, "No account yet."));
        return checks;
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
            return List.of(new MediaFolders.Folder(paths.media(), true, true, Optional.empty(), 0, 0, 0));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static Check music(MediaFolders.Folder f) {
        String name = f.isDefault() ? "music folder" : "another music folder";
        String holds = f.files() + " files, " + FailureWords.bytes(f.bytes());
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
            String backup = database.backups().list().stream().findFirst().map(b -> " Newest backup: " + b.at() + ".").orElse(" There is no backup yet.");
            return new Check("database", database.recovered().isEmpty(),
                    database.recovered().map(Recovery::sentence).orElse(paths.database() + " is sound.") + backup);
        } catch (ExecutionException e) {
            return new Check("database", false, FailureWords.sentence(FailureException.of(e)));
        } catch (TimeoutException e) {
            return new Check("database", false, "The check takes longer than a minute.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Check("database", false, "The check was interrupted.");
        }
    }
}
