package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.download.Download.Reason;
import java.io.IOException;
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
}
