package app.waxwing.download;

import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.server.MediaRequest;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.OkHttpClient;

/// What the engine asks of an account's session. Called on transfer threads, where it may block; expected trouble comes as
/// [app.waxwing.base.FailureException]. Wiring fills it from [app.waxwing.account.Accounts].
public interface TransferSource {
    /// How to ask for the original bytes of a track. Called anew for every attempt, so that tickets are fresh.
    MediaRequest request(ItemKey track, Purpose purpose);

    /// How to ask for a track in a quality. Blocks: for a transcode the server is asked what its own file is like, and where it refused the account's
    /// sign-in before, whether it takes that again.
    ///
    /// @throws app.waxwing.base.FailureException when the account may not, or when the server makes no such file
    default Offer offer(ItemKey track, Purpose purpose, Quality quality) {
        if (!quality.transcoded()) return new Offer.Original(request(track, purpose));
        throw notPermitted(quality).asException();
    }

    /// Where a track is asked for in a quality, without any secret and without asking the server: a transcode that would only lose may be asked for as the
    /// original in the end, and each attempt at one may have a mark of its own.
    ///
    /// @throws app.waxwing.base.FailureException when the account cannot be asked, or may not have it
    default URI address(ItemKey track, Purpose purpose, Quality quality) {
        return offer(track, purpose, quality).request().url();
    }

    /// Why this account gets no music in this quality; from memory, at once.
    default Optional<Failure> trouble(long account, Quality quality) {
        return Optional.empty();
    }

    static Failure notPermitted(Quality quality) {
        return new Failure.NotPermitted("to have music transcoded (" + quality.word() + "); the original quality can be downloaded");
    }

    /// Measures finished transcodes.
    default DurationProbe durations() {
        return (file, stop) -> {
            throw new Failure.MissingPart("A decoder", "without one no transcoded file can be checked").asException();
        };
    }

    /// What the server's library says now of the length of a track's own file. Blocks.
    ///
    /// @throws app.waxwing.base.FailureException when the server cannot be asked
    default OptionalLong size(ItemKey track) {
        return OptionalLong.empty();
    }

    /// The client that knows the account's certificate; the engine derives its own from it (no redirects, time-outs, no cache).
    OkHttpClient client(long account);

    /// Asks whoever answers at the account's address who it is, without signing in. Blocks.
    ///
    /// @return why the account's own server is not to be believed to answer; empty when it does
    default Optional<Failure> stranger(long account) {
        return Optional.empty();
    }

    /// A transfer was refused for its sign-in, or as not permitted: the session looks for itself, so that the user is asked to sign in again and what
    /// the account may do is known. Blocks.
    default void refused(long account) {}

    /// An account whose server has just accepted its sign-in, told after each such call on any thread: whoever listens must return at once.
    default Events<Long> accepted() {
        return new Events<>();
    }

    /// Whether this computer has any network but its own loopback.
    default boolean connected() {
        return true;
    }

    /// Whether the account's server runs on this computer, so that its bytes cost nothing. At once, from memory.
    default boolean onThisComputer(long account) {
        return false;
    }

    /// On which server an account is: accounts with the same answer share it. At once, from memory.
    default String server(long account) {
        return String.valueOf(account);
    }

    /// What the user calls the account's server. At once, from memory.
    ///
    /// @param host where it is asked, where it has no name
    default String name(long account, String host) {
        return host;
    }

    /// A transcode was stopped before its end: the server is told, so that it does not go on making it. Returns at once.
    default void givenUp(long account, MediaRequest transcode) {}

    /// Servers log a download, not a play.
    enum Purpose {
        KEEP, LISTEN
    }
}
