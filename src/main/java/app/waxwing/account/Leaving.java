package app.waxwing.account;

import app.waxwing.account.Accounts.FileRemoval;
import app.waxwing.account.Accounts.Leftover;
import app.waxwing.base.Secrets;
import app.waxwing.base.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// How accounts go, one after the other. One whose data are to be deleted is hidden from the first moment and stays so: what is broken off goes on
/// with [#resume]. Every method blocks: on an `io-*` thread or one for such work.
final class Leaving {
    private final AccountStore store;
    private final AccountRemoval removal;
    private final Secrets secrets;
    private final Time time;
    private final Book book;
    private final List<FileRemoval> hooks = new CopyOnWriteArrayList<>();
    /// Accounts whose rows are going.
    private final Set<Long> hidden = ConcurrentHashMap.newKeySet();
    private final ReentrantLock oneAtATime = new ReentrantLock();

    /// What the list of accounts does where one goes.
    interface Book {
        /// Best effort.
        ///
        /// @return the server knows
        boolean signOut(long account);

        /// No call is made for it any more.
        void forget(long account);

        /// Reads the accounts again, without those that are hidden.
        void reload();
    }

    Leaving(AccountStore store, AccountRemoval removal, Secrets secrets, Time time, Book book) {
        this.store = store;
        this.removal = removal;
        this.secrets = secrets;
        this.time = time;
        this.book = book;
        store.all().stream().map(AccountRow::account).filter(removal::wished).map(Account::id).forEach(hidden::add);
    }

    /// Has something done before rows go.
    void before(FileRemoval hook) {
        hooks.add(hook);
    }

    boolean hides(AccountRow row) {
        return hidden.contains(row.account().id());
    }

    /// @param erased with all data, to the end even if this breaks off
    /// @return files that could not be deleted
    List<Leftover> go(AccountRow row, boolean keepFiles, boolean erased) {
        oneAtATime.lock();
        try {
            long account = row.account().id();
            if (store.all().stream().noneMatch(r -> r.account().id() == account)) return List.of(); // it went meanwhile
            return gone(row, keepFiles, erased);
        } finally {
            oneAtATime.unlock();
        }
    }

    private List<Leftover> gone(AccountRow row, boolean keepFiles, boolean erased) {
        long account = row.account().id();
        boolean wished = false;
        try {
            if (erased) removal.wish(row.account());
            wished = erased;
            boolean signedOut = book.signOut(account);
            List<Leftover> left = hooks.stream().flatMap(hook -> hook.removing(account, keepFiles).stream()).toList();
            secrets.remove(row.secretName());
            store.passOn(row.account()).join(); // whoever else of its server is here sees his own music meanwhile
            hidden.add(account);
            book.forget(account);
            removal.remove(row.account(), signedOut, erased, time.now());
            wished = false;
            return left;
        } finally {
            if (wished) hidden.add(account);
            else hidden.remove(account);
            book.reload();
        }
    }

    /// Ends the removal of accounts whose data are to be deleted and are not all yet.
    ///
    /// @return files that could not be deleted
    List<Leftover> resume(Predicate<Account> which) {
        List<Leftover> left = new ArrayList<>();
        for (AccountRow row : store.all()) {
            if (which.test(row.account()) && removal.wished(row.account())) left.addAll(go(row, false, true));
        }
        return left;
    }
}
