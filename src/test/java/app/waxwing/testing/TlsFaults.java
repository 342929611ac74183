package app.waxwing.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// A certificate of its own for a [FaultServer] on `localhost`, which nobody but a test trusts.
public final class TlsFaults {
    final SSLContext context;
    private final KeyStore keys;
    private final List<List<String>> offered = new CopyOnWriteArrayList<>();

    public TlsFaults(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        Path store = folder.resolve("faults.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-keyalg",
                "EC", "-groupname", "secp256r1", "-alias", "a", "-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1",
                "-validity", "2", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", "changeit").redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) throw new IOException("keytool made no certificate");
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
    }

    /// What clients offered to speak, connection by connection (ALPN).
    public List<List<String>> offered() {
        return offered;
    }

    /// A socket on loopback that shows the certificate, for a server of another kind than [FaultServer].
    public ServerSocket socket() throws IOException {
        return context.getServerSocketFactory().createServerSocket(0, 200, InetAddress.getLoopbackAddress());
    }

    /// A client that trusts the certificate.
    public okhttp3.OkHttpClient trusting() {
        try {
            KeyStore certificates = KeyStore.getInstance("PKCS12");
            certificates.load(null, null);
            certificates.setCertificateEntry("a", keys.getCertificate("a"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(certificates);
            SSLContext client = SSLContext.getInstance("TLS");
            client.init(null, trust.getTrustManagers(), null);
            return new okhttp3.OkHttpClient.Builder()
                    .sslSocketFactory(client.getSocketFactory(), (X509TrustManager) trust.getTrustManagers()[0]).build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void listen(SSLSocket peer) {
        peer.setHandshakeApplicationProtocolSelector((socket, protocols) -> {
            offered.add(List.copyOf(protocols));
            return protocols.contains("http/1.1") ? "http/1.1" : "";
        });
    }
}
