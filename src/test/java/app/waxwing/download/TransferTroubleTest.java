package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.download.Download.Reason;
import java.io.IOException;
import javax.net.ssl.SSLException;
import java.util.List;
import java.net.SocketTimeoutException;
import java.net.ProtocolException;
import java.net.ConnectException;
import java.io.EOFException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TransferTroubleTest {
    @Test
    @DisplayName("B.43 a request that did not go out because another server answers, or the user is offline by choice, waits for the network and costs no try")
    void notSent() {
        for (Failure why : new Failure[]{new Failure.Offline("Home", true), new Failure.Offline("Home")}) {
            var refused = new IOException("not sent", why.asException());
            assertThat(TransferTrouble.of(refused, true)).isEqualTo(new TransferEnd.Held(Reason.NETWORK, why, Optional.empty()));
        }
    }

    @Test
    @DisplayName("B.16 a broken connection costs a try; a name that is not found only where there is a network; a certificate is final")
    void ofTheNetwork() {
        assertThat(TransferTrouble.of(new SocketException("Connection reset"), true)).isInstanceOf(TransferEnd.Broke.class);
        assertThat(TransferTrouble.of(new UnknownHostException("home"), true)).isInstanceOf(TransferEnd.Broke.class);
        assertThat(TransferTrouble.of(new UnknownHostException("home"), false)).isInstanceOf(TransferEnd.Held.class);
        var untrusted = new SSLHandshakeException("no");
        untrusted.initCause(new CertificateException("no", new Failure.Untrusted("home", "AA").asException()));
        assertThat(TransferTrouble.of(untrusted, true)).isInstanceOf(TransferEnd.Refused.class);
    }

    @Test
    @DisplayName("B.8 B.15 B.16 what broke is said in words, with what to do, and never as Java says it")
    void inWords() {
        record Case(IOException e, String says) {}
        for (Case c : List.of(new Case(new ProtocolException("Unexpected status line: hello garbage"), "does not speak HTTP; look whether"),
                new Case(new ProtocolException("unexpected end of stream"), "ended it before all had come; if it stays so"),
                new Case(new IOException("unexpected end of stream on http://a/...", new EOFException("\\n not found: limit=0")),
                        "ended it before"),
                new Case(new SocketException("Connection reset"), "ended it before"),
                new Case(new SocketTimeoutException("Read timed out"), "silent for too long; if it stays so"),
                new Case(new SocketTimeoutException("Connect timed out"), "takes no connection; look whether it runs"),
                new Case(new ConnectException("Failed to connect to a/1.2.3.4:80"), "takes no connection; look whether it runs"),
                new Case(new UnknownHostException("home"), "name is not found; look whether its address is right"),
                new Case(new SSLException("Unsupported or unrecognized SSL message"), "encryption did not come about"))) {
            assertThat(TransferTrouble.of(c.e(), true)).as("%s", c.e()).isInstanceOfSatisfying(TransferEnd.Broke.class,
                    broke -> assertThat(app.waxwing.base.FailureWords.sentence(broke.why())).contains(c.says())
                            .doesNotContain(String.valueOf(c.e().getMessage())));
        }
    }
}
