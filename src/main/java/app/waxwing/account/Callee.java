package app.waxwing.account;

import java.util.Set;

/// Who answers at the accounts' addresses, as far as [NetworkReachability] asks.
@FunctionalInterface
interface Callee {
    /// Asks every address of the account. Blocks, at most three seconds.
    ///
    /// @return the account's own server answered
    boolean ping(long account);

    /// From now on whoever answers is asked who it is before anything else is sent to it.
    default void doubt(long account) {}

    /// Accounts at whose address another server answers than their own.
    default Set<Long> strangers() {
        return Set.of();
    }

    default boolean stranger(long account) {
        return false;
    }
}
