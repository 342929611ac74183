package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.download.Download.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/// What trouble means for the attempt that met it: whether it costs a try, waits for something, or is final.
final class TransferTrouble {
    private TransferTrouble() {}

    static TransferEnd of(Failure why) {
        return switch (why) {
            case Failure.Offline f -> new TransferEnd.Held(Reason.NETWORK, why, Optional.empty());
            case Failure.Unauthorised f -> new TransferEnd.Held(Reason.SIGNED_OUT, why, Optional.empty());
            case Failure.ServerBusy f -> new TransferEnd.Held(Reason.SERVER, why, f.retryAfter());
            case Failure.DiskFull f -> new TransferEnd.Held(Reason.DISK, why, Optional.empty());
            case Failure.StoreMissing f -> new TransferEnd.Held(Reason.DISK, why, Optional.empty());
            case Failure.Trouble f -> new TransferEnd.Broke(why);
            case Failure.Corrupt f -> new TransferEnd.Broke(why);
            case Failure.WrongPassword f -> new TransferEnd.Held(Reason.SIGNED_OUT, why, Optional.empty());
            case Failure.NotPermitted f -> new TransferEnd.Refused(why);
            case Failure.NotFound f -> new TransferEnd.Refused(why);
            case Failure.Untrusted f -> new TransferEnd.Refused(why);
            case Failure.NotEncrypted f -> new TransferEnd.Refused(why);
            case Failure.Unplayable f -> new TransferEnd.Refused(why);
            case Failure.TooLarge f -> new TransferEnd.Refused(why);
            case Failure.MissingPart f -> new TransferEnd.Refused(why);
            case Failure.Invalid f -> new TransferEnd.Refused(why);
        };
    }

    /// Of the network (B.16). A certificate that is not trusted is final; a name or route that is not found waits while there is no network. What never
    /// went out, since its server is not the one that answers or the user is offline by choice, costs no try (B.43).
    ///
    /// @param connected whether this computer has a network
    static TransferEnd of(IOException e, boolean connected) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof CertificateException || t instanceof SSLPeerUnverifiedException) {
                return new TransferEnd.Refused(new Failure.Trouble("The server's certificate", "this computer does not trust it"));
            }
            if (t instanceof FailureException f && f.failure() instanceof Failure.Offline) return of(f.failure());
        }
        if (!connected && noRoute(e)) return new TransferEnd.Held(Reason.NETWORK, new Failure.Offline(""), Optional.empty());
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new TransferEnd.Broke(new Failure.Trouble("The connection broke", why));
    }

    private static boolean noRoute(IOException e) {
        return e instanceof UnknownHostException || e instanceof NoRouteToHostException
                || (e instanceof ConnectException && String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("unreachable"));
    }

    /// Of the disk.
    ///
    /// @param needed bytes that must be free before it makes sense to go on
    /// @param lacks whether they are not, right after the failure
    /// @param pause how long one file waits that something else holds open
    static TransferEnd of(DiskException e, Entry entry, Path folder, long needed, boolean lacks, Duration pause) {
        boolean full = e.full() || (lacks && !e.refused());
        if (full) return new TransferEnd.Held(Reason.DISK, new Failure.DiskFull(folder.toString(), needed), Optional.empty());
        if (e.tooLarge()) return new TransferEnd.Refused(new Failure.TooLarge(entry.label().title(), "4 GB on this disk"));
        if (e.inUse()) {
            return new TransferEnd.Held(Reason.DISK, new Failure.Trouble(entry.label().title(), "another program holds its file open"),
                    Optional.of(pause));
        }
        return new TransferEnd.Held(Reason.DISK, new Failure.Trouble("The folder " + folder, String.valueOf(e.getMessage())),
                Optional.empty());
    }
}
