package app.waxwing.account;

import app.waxwing.base.Events;
import app.waxwing.server.MediaServer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// All accounts of this installation. [#all], [#find] and [#server] answer at once from memory on any thread; the rest runs on `io-*` threads and
/// comes as a future that fails with [app.waxwing.base.FailureException].
public interface Accounts {
    List<Account> all();

    /// Of each server the one account that is used.
    List<Account> active();

    /// Active accounts whose servers the library shows; there is one where there are any.
    default List<Account> shown() {
        return active().stream().filter(Account::shown).toList();
    }

    Optional<Account> find(long id);

    /// Looks at an address as people type it: no scheme, a port, a base path, a trailing slash, a redirect. Sends no secret. At the address of an
    /// account the certificate that was trusted for it is trusted still.
    CompletableFuture<ServerAddress> probe(String typed);

    /// Servers on the local network (UDP 7359), collected for the given milliseconds.
    CompletableFuture<List<FoundServer>> discover(int millis);

    /// Signs in with a password. A wrong one is said once ([app.waxwing.base.Failure.WrongPassword]) and never tried again by itself.
    CompletableFuture<Account> signIn(ServerAddress address, String user, String password);

    /// Begins Quick Connect: the code is shown, [QuickConnect#finished] completes when somebody approved it.
    CompletableFuture<QuickConnect> quickConnect(ServerAddress address);

    /// Signs out (best effort) and removes the account with its rows. Where others of its server are here, the one of them that signed in last
    /// is the active one from then on.
    ///
    /// @param keepFiles leave the kept music on disk
    /// @return files of it that are on a disk still although they were to be deleted
    CompletableFuture<List<Leftover>> remove(long account, boolean keepFiles);

    /// As [#remove], with its files, and with what was written down of its deeds: but for one row, that it was deleted. The wish is written down
    /// before anything goes, and what is to be gone outside of the library's rows with the last of them ([app.waxwing.store.Erasures]): where this
    /// breaks off, the account is not here any more all the same, and the rest goes by itself.
    CompletableFuture<List<Leftover>> erase(long account);

    /// What another feature does before an account's rows go: stop its transfers, say. Runs on an `io-*` thread and may block.
    @FunctionalInterface
    interface Removal {
        void removing(long account, boolean keepFiles);

        default FileRemoval ofNoFiles() {
            return (account, keepFiles) -> {
                removing(account, keepFiles);
                return List.of();
            };
        }
    }

    /// The same, for a feature that deletes files: it tells which could not be deleted.
    @FunctionalInterface
    interface FileRemoval {
        List<Leftover> removing(long account, boolean keepFiles);
    }

    /// Files of a removed account that could not be deleted with it.
    record Leftover(String folder, long files, Why why) {
        public enum Why {
            /// Their folder is not there; they are deleted when it is.
            AWAY,
            /// The disk refused; the next start tries again.
            UNWRITABLE,
            /// Somebody else changed them: they are not Waxwing's any more, and stay.
            CHANGED
        }

        /// A sentence for the user.
        public String words() {
            String some = (files == 1 ? "1 file" : files + " files") + " in " + folder;
            return switch (why) {
                case AWAY -> some + " could not be deleted: the drive is not there. " + (files == 1 ? "It is" : "They are")
                        + " deleted when the drive is back.";
                case UNWRITABLE -> some + " could not be deleted: Waxwing may not change that folder. The next start tries again.";
                case CHANGED ->
                    some + " stay" + (files == 1 ? "s" : "") + ": another program changed " + (files == 1 ? "it" : "them") + ".";
            };
        }
    }

    /// Shows this account and, of the same server, no other.
    CompletableFuture<Account> use(long account);

    /// The library shows the music of these servers and of no others, also after a restart. What plays, what is kept and what is fetched goes on
    /// as it was. Fails with [app.waxwing.base.Failure.NotFound] where none of them is known: something is always shown.
    ///
    /// @param servers their ids
    CompletableFuture<List<Account>> show(Set<String> servers);

    /// The session of an account: adds sign-in and headers, reports what it sees to [Reachability].
    ///
    /// @throws app.waxwing.base.FailureException when the account is unknown or has no token any more
    MediaServer server(long account);

    /// False once the server has refused the account's token: it has to sign in again.
    default boolean signedIn(long account) {
        return find(account).isPresent();
    }

    /// Asks the server now what the user may do there, and whether it takes the sign-in; [#find] and [#signedIn] tell what it said. Trouble on
    /// the way changes nothing. Blocks.
    default void renew(long account) {}

    Reachability reachability();

    /// After any change of the list; on an `io-*` thread.
    Events<List<Account>> changes();

    /// What a probe found.
    ///
    /// @param url final address, to be shown before a password is sent there
    /// @param encrypted false asks for consent unless it is this computer
    /// @param quickConnect the server offers it
    record ServerAddress(java.net.URI url, app.waxwing.server.ServerInfo info, boolean encrypted, boolean loopback, boolean quickConnect,
            Optional<String> trustedFingerprint, boolean plainAccepted) {
        /// The user agreed to send the password unencrypted.
        public ServerAddress acceptPlain() {
            return new ServerAddress(url, info, encrypted, loopback, quickConnect, trustedFingerprint, true);
        }
    }

    record FoundServer(String name, String url) {}

    interface QuickConnect extends AutoCloseable {
        /// Six digits to type on a device that is signed in.
        String code();

        CompletableFuture<Account> finished();

        /// Gives up.
        @Override
        void close();
    }

    /// As [#probe], trusting one certificate for this server only.
    CompletableFuture<ServerAddress> probeTrusting(String typed, String fingerprint);
}
