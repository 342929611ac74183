package app.waxwing.account;

import java.util.Optional;

/// An account with what only its session needs.
///
/// @param certificate fingerprint the user trusts for this server
/// @param deviceId random, per installation and account
record AccountRow(Account account, Optional<String> certificate, String deviceId) {
    /// Where the keyring has the token: by server and user, since local numbers may be given again.
    String secretName() {
        return "token " + account.serverId() + " " + account.userId();
    }

    AccountRow with(Account changed) {
        return new AccountRow(changed, certificate, deviceId);
    }
}
