package app.waxwing.download;

import app.waxwing.base.ItemKey;
import java.util.Map;

/// Accounts whose turn it is not: their files are looked at with all others, and only counted in what the one whose turn it is reads
/// (requirement 0.13).
///
/// @param people by the account's local number
record OtherUsers(Map<Long, Person> people) {
    /// @param user the server's own id
    record Person(String server, String user) {}

    OtherUsers {
        people = Map.copyOf(people);
    }

    boolean own(ItemKey key) {
        return people.containsKey(key.account());
    }

    boolean own(Manifest.Line line) {
        return people.containsValue(new Person(line.serverId(), line.userId()));
    }
}
