package app.waxwing.account;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.internal.tls.OkHostnameVerifier;
import org.jspecify.annotations.Nullable;

/// Trusts what the system trusts, and one certificate more that the user has accepted for one server. Anything else fails with
/// [Failure.Untrusted] and the fingerprint to compare; nothing ever trusts all.
final class PinnedTrust implements X509TrustManager, HostnameVerifier {
    private static final X509TrustManager NO_PINS = new NoPins();
    private static @Nullable X509TrustManager system;
    private final Optional<String> pinned;
    private final Map<String, String> otherName = new ConcurrentHashMap<>();

    private PinnedTrust(Optional<String> pinned) {
        this.pinned = pinned.map(p -> p.toUpperCase(Locale.ROOT));
    }

    static OkHttpClient.Builder install(OkHttpClient.Builder builder, Optional<String> pinned) {
        try {
            var trust = new PinnedTrust(pinned);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{trust}, null);
            return builder.sslSocketFactory(context.getSocketFactory(), NO_PINS).hostnameVerifier(trust).addInterceptor(trust::named);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    /// SHA-256 in pairs with colons, as browsers show it.
    static String fingerprint(Certificate certificate) {
        try {
            return HexFormat.ofDelimiter(":").withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        X509TrustManager known = system();
        try {
            known.checkServerTrusted(chain, authType);
        } catch (CertificateException e) {
            if (chain.length == 0) throw e;
            String fingerprint = fingerprint(chain[0]);
            if (pinned.filter(fingerprint::equals).isPresent()) return;
            throw new CertificateException(e.getMessage(), new FailureException(new Failure.Untrusted(name(chain[0]), fingerprint), e));
        }
    }

    /// A certificate for another name is as unknown as one nobody has signed; the user may accept it too.
    @Override
    public boolean verify(String host, SSLSession session) {
        if (OkHostnameVerifier.INSTANCE.verify(host, session)) return true;
        try {
            String fingerprint = fingerprint(session.getPeerCertificates()[0]);
            if (pinned.filter(fingerprint::equals).isPresent()) return true;
            otherName.put(host, fingerprint);
            return false;
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    private Response named(Interceptor.Chain chain) throws IOException {
        try {
            return chain.proceed(chain.request());
        } catch (SSLPeerUnverifiedException e) {
            String host = chain.request().url().host();
            String fingerprint = otherName.get(host);
            if (fingerprint == null) throw e;
            throw new IOException(e.getMessage(), new FailureException(new Failure.Untrusted(host, fingerprint), e));
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        system().checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        try {
            return system().getAcceptedIssuers();
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName();
        return subject.startsWith("CN=") ? subject.substring(3).split(",", 2)[0] : "the server";
    }

    /// Read with the first certificate that there is to check: some 150 certificates, which the start need not wait for.
    private static synchronized X509TrustManager system() throws CertificateException {
        if (system == null) system = read();
        return system;
    }

    private static X509TrustManager read() throws CertificateException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (TrustManager manager : factory.getTrustManagers()) if (manager instanceof X509TrustManager x) return x;
        } catch (GeneralSecurityException e) {
            throw new CertificateException("what this system trusts cannot be read", e);
        }
        throw new CertificateException("this Java has no trust store");
    }

    /// What OkHttp would put chains in order by for pins of its own, of which we give it none: it asks at once for all that is trusted. Connections
    /// are checked by the context of [#install].
    private static final class NoPins implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("no certificate is checked here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("no certificate is checked here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
