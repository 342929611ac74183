package app.waxwing.base;

import java.time.Duration;
import java.util.Optional;

/// Trouble that is expected in normal life: every one has words for the user ([FailureWords]) and a way on.
/// Exceptions are for bugs and for the borders of I/O; [FailureException] carries a failure across those.
public sealed interface Failure {
    /// No address of the server answered, or the user chose to be offline.
    ///
    /// @param another at its address another server answers than the one that the account was made with, so that it is not asked (B.43)
    record Offline(String server, boolean another) implements Failure {
        public Offline(String server) {
            this(server, false);
        }
    }

    /// The server does not accept the token any more: sign in again.
    record Unauthorised(String server) implements Failure {}

    /// Name or password are wrong. Never retried by itself: servers lock accounts.
    record WrongPassword(String server) implements Failure {}

    /// The server knows us and says no (a policy, a locked account). Final.
    ///
    /// @param everything it would say no to any question from here, so that this is no answer about the item that was asked for
    record NotPermitted(String what, boolean everything) implements Failure {
        public NotPermitted(String what) {
            this(what, false);
        }
    }

    /// The server, or the library here, has no such item.
    record NotFound(String what) implements Failure {}

    /// The server asks us to wait.
    ///
    /// @param retryAfter how long it asked for, counted from its answer; empty when it named no time
    record ServerBusy(String server, Optional<Duration> retryAfter) implements Failure {}

    /// The server's certificate is not trusted by this system.
    ///
    /// @param fingerprint SHA-256 of the certificate, hex in pairs with colons, for the user to compare
    record Untrusted(String server, String fingerprint) implements Failure {}

    /// The address would send the password unencrypted and the user has not agreed to that.
    record NotEncrypted(String server) implements Failure {}

    /// The volume is full.
    ///
    /// @param needed bytes that would have to be free
    record DiskFull(String volume, long needed) implements Failure {}

    /// The folder that holds the music is not there: a drive unplugged, a share gone. Its files are not lost.
    record StoreMissing(String folder) implements Failure {}

    /// Nothing may be written there: a right is missing, or the volume is read-only.
    record NotWritable(String folder) implements Failure {}

    /// Another program holds a file open, so that it cannot be put in its place.
    record InUse(String file) implements Failure {}

    /// Bytes are not what they should be: an unreadable answer, a damaged file or database.
    record Corrupt(String what) implements Failure {}

    /// No decoder can make sound of it.
    record Unplayable(String what, String why) implements Failure {}

    /// What a server sent is beyond the limits we set for a stranger's data.
    record TooLarge(String what, String limit) implements Failure {}

    /// A part of the system is missing (LibVLC, a sound output, a font stack).
    record MissingPart(String part, String remedy) implements Failure {}

    /// The request itself makes no sense (a wrong setting, a bad address).
    record Invalid(String why) implements Failure {}

    /// Anything that went wrong in I/O and has no name of its own.
    record Trouble(String what, String why) implements Failure {}

    /// Short stable word for JSON (`error.code`).
    default String code() {
        return switch (this) {
            case Offline f -> "offline";
            case Unauthorised f -> "signed-out";
            case WrongPassword f -> "wrong-password";
            case NotPermitted f -> "not-permitted";
            case NotFound f -> "not-found";
            case ServerBusy f -> "server-busy";
            case Untrusted f -> "untrusted";
            case NotEncrypted f -> "not-encrypted";
            case DiskFull f -> "disk-full";
            case StoreMissing f -> "store-missing";
            case NotWritable f -> "not-writable";
            case InUse f -> "in-use";
            case Corrupt f -> "corrupt";
            case Unplayable f -> "unplayable";
            case TooLarge f -> "too-large";
            case MissingPart f -> "missing-part";
            case Invalid f -> "invalid";
            case Trouble f -> "trouble";
        };
    }

    /// As an exception, for the places where Java leaves no other way out.
    default FailureException asException() {
        return new FailureException(this);
    }
}
