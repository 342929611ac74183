package app.waxwing.base;

import org.jspecify.annotations.Nullable;

/// One item of one account: the account's local number and the id the server gave it.
/// Server ids are unique within one server only and two users of one server have rows of their own, so no row is keyed by the id alone.
///
/// @param account local number of the account (`account.id` in the store)
/// @param id the server's own id, or `local-<uuid>` for something made offline
public record ItemKey(long account, String id) {
    public ItemKey {
        if (account <= 0) throw new IllegalArgumentException("account " + account);
        if (id.isBlank()) throw new IllegalArgumentException("blank item id");
    }

    /// True for an item that was made on this computer and that the server does not know yet.
    public boolean madeHere() {
        return id.startsWith("local-");
    }

    /// Written out, as of the first keys that a start looks up: what Java makes of a record takes it some milliseconds then.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ItemKey key && key.account == account && key.id.equals(id);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(account) + id.hashCode();
    }

    @Override
    public String toString() {
        return account + ":" + id;
    }
}
