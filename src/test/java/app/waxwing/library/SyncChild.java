package app.waxwing.library;

import app.waxwing.base.SystemTime;
import app.waxwing.base.Threads;
import app.waxwing.server.MediaServer;
import app.waxwing.server.ServerInfo;
import app.waxwing.server.ServerKind;
import app.waxwing.server.jellyfin.ClientIdentity;
import app.waxwing.server.jellyfin.JellyfinConnection;
import app.waxwing.server.jellyfin.JellyfinServer;
import app.waxwing.store.Database;
import app.waxwing.testing.TestAccounts;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import okhttp3.OkHttpClient;

/// A process of its own that syncs one account, made to be killed. Arguments: database, server's address, user's id, token. Says a line for each
/// page that is written, and `complete` at the end.
public final class SyncChild {
    private SyncChild() {}

    public static void main(String[] args) {
        var time = new SystemTime();
        var io = Threads.virtual("io");
        Database database = Database.open(Path.of(args[0]), time);
        var connection = new JellyfinConnection(new OkHttpClient(), URI.create(args[1]), "demo",
                new ClientIdentity("Waxwing", "child", "child", "1"),
                () -> Optional.of(args[3]), () -> {});
        var server = new JellyfinServer(connection, new ServerInfo("server", "demo", "10.11.0", ServerKind.JELLYFIN), args[2],
                new MediaServer.Permissions(true, true, false));
        var accounts = new TestAccounts();
        long account = accounts.add(database, server, args[2]).id();
        var sync = new SyncEngine(database, new LibraryChanges(time, io), accounts, io, time);
        sync.progress().subscribe(p -> System.out.println(p.what() + " " + p.done()));
        sync.sync(account, false).join();
        database.close();
        System.out.println("complete");
        System.out.flush();
        System.exit(0);
    }
}
