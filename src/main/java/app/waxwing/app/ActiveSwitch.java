package app.waxwing.app;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.base.Subscription;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// When another account becomes the active one of its server, or one comes or goes: the queue and the downloads show that one's rows. Told on
/// `io-*` threads, before whoever changed the accounts hears that it is done; what the library lists is told by [app.waxwing.library.ShownServers].
final class ActiveSwitch implements AutoCloseable {
    private final Consumer<Set<Long>> queue;
    private final Runnable downloads;
    private final Subscription accounts;
    private Set<Long> active;

    ActiveSwitch(Accounts accounts, Consumer<Set<Long>> queue, Runnable downloads) {
        this.queue = queue;
        this.downloads = downloads;
        active = ids(accounts.active());
        this.accounts = accounts.changes().subscribe(all -> changed(ids(all.stream().filter(Account::active).toList())));
    }

    private synchronized void changed(Set<Long> now) {
        if (now.equals(active)) return;
        active = now;
        queue.accept(now);
        downloads.run();
    }

    private static Set<Long> ids(List<Account> accounts) {
        return accounts.stream().map(Account::id).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void close() {
        accounts.close();
    }
}
