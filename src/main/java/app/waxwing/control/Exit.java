package app.waxwing.control;

import app.waxwing.base.Failure;

/// The exit codes of the command line.
public enum Exit {
    DONE(0), FAILED(1), USAGE(2), NOTHING(3), SIGNED_OUT(4), OFFLINE(5), NOT_FOUND(6);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /// The code that tells a script what kind of trouble it was.
    public static Exit of(Failure failure) {
        return switch (failure) {
            case Failure.Offline f -> OFFLINE;
            case Failure.ServerBusy f -> OFFLINE;
            case Failure.Unauthorised f -> SIGNED_OUT;
            case Failure.WrongPassword f -> SIGNED_OUT;
            case Failure.NotPermitted f -> SIGNED_OUT;
            case Failure.NotFound f -> NOT_FOUND;
            case Failure.Invalid f -> FAILED;
            case Failure.Untrusted f -> FAILED;
            case Failure.NotEncrypted f -> FAILED;
            case Failure.DiskFull f -> FAILED;
            case Failure.StoreMissing f -> FAILED;
            case Failure.NotWritable f -> FAILED;
            case Failure.InUse f -> FAILED;
            case Failure.Corrupt f -> FAILED;
            case Failure.Unplayable f -> FAILED;
            case Failure.TooLarge f -> FAILED;
            case Failure.MissingPart f -> FAILED;
            case Failure.Trouble f -> FAILED;
        };
    }
}
