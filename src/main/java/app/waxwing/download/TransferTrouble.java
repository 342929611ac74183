package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.download.Download.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// What trouble means for the attempt that met it: whether it costs a try, waits for something, or is final.
final class TransferTrouble {
    /// So much less often it is looked whether the user mended what only one file meets than what many wait for.
    private static final int OWN_TROUBLE = 6;

    private TransferTrouble() {}

    static TransferEnd of(Failure why) {
        return switch (why) {
            case Failure.Offline f -> new TransferEnd.Held(Reason.NETWORK, why, Optional.empty());
            case Failure.Unauthorised f -> new TransferEnd.Held(Reason.SIGNED_OUT, why, Optional.empty());
            case Failure.ServerBusy f -> new TransferEnd.Held(Reason.SERVER, why, f.retryAfter());
            case Failure.DiskFull f -> new TransferEnd.Held(Reason.DISK, why, Optional.empty());
            case Failure.StoreMissing f -> new TransferEnd.Held(Reason.DISK, why, Optional.empty());
            case Failure.NotWritable f -> new TransferEnd.Held(Reason.DISK, why, Optional.empty());
            case Failure.InUse f -> new TransferEnd.Broke(why);
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
        return new TransferEnd.Broke(broken(e));
    }

    /// In words, with what the user can do where no further try helps.
    private static Failure broken(IOException e) {
        String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (said.contains("unexpected status line")) {
            return new Failure.Trouble("The server",
                    "what answers at its address does not speak HTTP; look whether address and port are right");
        }
        if (e instanceof UnknownHostException) return lost("the server's name is not found; look whether its address is right");
        if (e instanceof SocketTimeoutException && !said.contains("connect")) {
            return lost("the server was silent for too long; if it stays so, look whether it is busy or its network slow");
        }
        if (e instanceof ConnectException || e instanceof NoRouteToHostException || e instanceof SocketTimeoutException) {
            return lost("the server takes no connection; look whether it runs");
        }
        if (e instanceof SSLException) {
            return lost(
                    "the encryption did not come about or broke off; if it stays so, look whether its address begins with http or https");
        }
        if (e instanceof ProtocolException || e instanceof EOFException || e instanceof SocketException || said.contains("end of stream")
                || said.contains("ended early")) {
            return lost(
                    "the server ended it before all had come; if it stays so, look whether the server, or a proxy before it, ends long answers");
        }
        return lost(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }

    private static Failure lost(String why) {
        return new Failure.Trouble("The connection broke", why);
    }

    private static boolean noRoute(IOException e) {
        return e instanceof UnknownHostException || e instanceof NoRouteToHostException
                || (e instanceof ConnectException && String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("unreachable"));
    }

    /// Of the disk, which has room and can be written: of this file, or of a folder on the way to it. It looks again by itself.
    ///
    /// @param pause how long one file waits that something else holds open
    static TransferEnd of(DiskException e, Entry entry, Path folder, Duration pause) {
        if (e.tooLarge()) return new TransferEnd.Refused(new Failure.TooLarge(entry.label().title(), "4 GB on this disk"));
        if (e.inUse()) return new TransferEnd.Held(Reason.DISK, new Failure.InUse(entry.label().title()), Optional.of(pause));
        Failure why = e.denied()
                ? new Failure.NotWritable(e.place().orElse(folder.toString()))
                : new Failure.Trouble("The folder " + folder, String.valueOf(e.getMessage()));
        return new TransferEnd.Held(Reason.DISK, why, Optional.of(e.gone() ? pause : pause.multipliedBy(OWN_TROUBLE)));
    }
}
