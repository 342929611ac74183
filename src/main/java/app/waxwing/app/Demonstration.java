package app.waxwing.app;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoServer;
import app.waxwing.library.Library;
import app.waxwing.library.LibrarySync;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// The built-in demonstration: its server on loopback, and the account that belongs to it. Calls block; not on the FX thread.
final class Demonstration implements AutoCloseable {
    /// The server inside this program is not one that somebody started elsewhere with the same music, so it has an id of its own.
    private static final String SERVER_ID = "77617877696e672d6275696c742d696e";
    private final Accounts accounts;
    private final Library library;
    private final LibrarySync sync;
    private Optional<DemoServer> server = Optional.empty();

    Demonstration(Accounts accounts, Library library, LibrarySync sync) {
        this.accounts = accounts;
        this.library = library;
        this.sync = sync;
    }

    private static DemoLibrary own(DemoLibrary l) {
        return new DemoLibrary(SERVER_ID, l.serverName(), l.views(), l.artists(), l.genres(), l.albums(), l.tracks(), l.playlists());
    }

    /// The user chose it in an earlier run: its account is there.
    boolean chosenBefore() {
        return accounts.all().stream().anyMatch(a -> a.serverId().equals(SERVER_ID));
    }

    /// Starts the server where it does not run yet and signs in to it; the account is the same in every run, its address is new.
    synchronized Account signIn() {
        try {
            if (server.isEmpty()) server = Optional.of(DemoServer.start(own(DemoLibrary.bundled()), 0));
        } catch (IOException e) {
            throw new FailureException(new Failure.Trouble("The demonstration server cannot be started", String.valueOf(e.getMessage())),
                    e);
        }
        Accounts.ServerAddress address = get(accounts.probe(server.get().url()));
        return get(accounts.signIn(address, DemoServer.USER, DemoServer.PASSWORD));
    }

    void syncIfEmpty(Account account) {
        if (get(library.totals()).tracks() == 0) get(sync.sync(account.id(), true));
    }

    @Override
    public synchronized void close() {
        server.ifPresent(DemoServer::close);
        server = Optional.empty();
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new FailureException(FailureException.of(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException(new Failure.Trouble("", "The start was interrupted"), e);
        }
    }
}
