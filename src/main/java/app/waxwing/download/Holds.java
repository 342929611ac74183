package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.download.Download.Reason;
import app.waxwing.library.MediaFiles.Root;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/// What keeps whole accounts and folders from being fetched, and until when. Owned by thread `downloads`.
final class Holds {
    /// @param until monotonic nanoseconds; [Long#MAX_VALUE] = until an event ends it
    record Hold(Reason reason, Failure why, long until) {}

    private final Map<Long, Hold> accounts = new HashMap<>();
    private final Map<Root, Hold> roots = new EnumMap<>(Root.class);
    private final Map<Long, Integer> refusals = new HashMap<>();
    private final LongPredicate online;

    Holds(LongPredicate online) {
        this.online = online;
    }

    void account(long account, Hold hold) {
        accounts.put(account, hold);
    }

    void root(Root root, Hold hold) {
        roots.put(root, hold);
    }

    /// How often in a row the account's sign-in was refused, this time included.
    int refused(long account) {
        return refusals.merge(account, 1, Integer::sum);
    }

    void accepted(long account) {
        refusals.remove(account);
    }

    boolean release(long account) {
        refusals.remove(account);
        return accounts.remove(account) != null;
    }

    void release(Root root) {
        roots.remove(root);
    }

    Set<Root> heldRoots() {
        return Set.copyOf(roots.keySet());
    }

    Set<Long> heldAccounts() {
        return Set.copyOf(accounts.keySet());
    }

    Optional<Reason> accountReason(long account) {
        return Optional.ofNullable(accounts.get(account)).map(Hold::reason);
    }

    Optional<Hold> of(Root root) {
        return Optional.ofNullable(roots.get(root));
    }

    /// Why this one may not run now; empty when it may.
    Optional<Reason> reason(Entry entry) {
        Hold account = accounts.get(entry.key().account());
        if (account != null) return Optional.of(account.reason());
        if (!online.test(entry.key().account())) return Optional.of(Reason.NETWORK);
        return roots.containsKey(entry.root()) ? Optional.of(Reason.DISK) : Optional.empty();
    }

    /// Ends account holds whose time has come.
    void expire(long now) {
        accounts.values().removeIf(h -> h.until() != Long.MAX_VALUE && h.until() - now <= 0);
    }

    /// When the next account hold ends.
    long nextExpiry() {
        return accounts.values().stream().mapToLong(Hold::until).min().orElse(Long.MAX_VALUE);
    }
}
