package app.waxwing.base;

import org.jspecify.annotations.Nullable;

/// Carries a [Failure] across an I/O border or out of a future. Its message is the failure's sentence.
public final class FailureException extends RuntimeException {
    private final Failure failure;

    public FailureException(Failure failure) {
        this(failure, null);
    }

    public FailureException(Failure failure, @Nullable Throwable cause) {
        super(FailureWords.sentence(failure), cause);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }

    /// The failure behind any throwable: unwraps futures' wrappers, names a full disk, and calls the rest [Failure.Trouble].
    public static Failure of(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof FailureException f) return f.failure();
        }
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) root = root.getCause();
        String why = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        if (why.contains("No space left on device") || why.contains("not enough space")) return new Failure.DiskFull("", 0);
        return new Failure.Trouble("", why);
    }
}
