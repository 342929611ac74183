package app.waxwing.download;

import java.util.Set;

/// Accounts at whose address another server answers than the one they were made with (B.43). No download asks there until their own server is
/// back; the user is asked. Syncs, covers and streams do not know of it. Any thread, at once; [DownloadEngine#changes] tells when it may be
/// otherwise.
public interface Strangers {
    /// Nobody's address is taken.
    Strangers NONE = new Strangers() {
        @Override
        public Set<Long> accounts() {
            return Set.of();
        }

        @Override
        public void lookAgain(long account) {}
    };

    Set<Long> accounts();

    /// The user says that the account's own server may be back: whoever answers is asked who it is, before anything else is sent. Without this
    /// that happens every ten minutes.
    void lookAgain(long account);
}
