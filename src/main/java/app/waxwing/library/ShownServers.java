package app.waxwing.library;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.base.Subscription;
import java.util.List;

/// Tells those who show lists when other accounts' rows are shown than before: another server ticked, another user chosen, a sign-in. Until closed.
public final class ShownServers implements AutoCloseable {
    private final LibraryChanges changes;
    private final Subscription following;
    private List<Long> last;

    public ShownServers(Accounts accounts, LibraryChanges changes) {
        this.changes = changes;
        last = ids(accounts);
        following = accounts.changes().subscribe(_ -> look(accounts));
    }

    private synchronized void look(Accounts accounts) {
        List<Long> now = ids(accounts);
        if (now.equals(last)) return;
        last = now;
        changes.changed(Library.Change.CONTENT);
        changes.changed(Library.Change.PLAYLISTS);
    }

    private static List<Long> ids(Accounts accounts) {
        return accounts.shown().stream().map(Account::id).toList();
    }

    /// Servers that a search asks for by `server:` and that the library does not show: why it finds nothing of them.
    public static List<Account> searchedInVain(Accounts accounts, String search) {
        List<String> asked = SearchQuery.of(search).servers();
        return accounts.active().stream().filter(a -> !a.shown()).filter(a -> {
            String name = " " + SearchText.words(a.serverName());
            return asked.stream().anyMatch(words -> name.contains(" " + words));
        }).toList();
    }

    @Override
    public void close() {
        following.close();
    }
}
