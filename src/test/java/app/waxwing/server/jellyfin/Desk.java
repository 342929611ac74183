package app.waxwing.server.jellyfin;

import app.waxwing.demo.DemoServer;
import app.waxwing.server.MediaServer;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;

/// A signed-in client at a test server.
final class Desk {
    final JellyfinServer server;
    final JellyfinSignIn.SignedIn signedIn;
    final AtomicInteger rejections = new AtomicInteger();
    final OkHttpClient client = new OkHttpClient.Builder().followRedirects(false).followSslRedirects(false).build();

    Desk(String url) {
        var identity = new ClientIdentity("Waxwing", "Søren's «desk», \"left\" + 1", "device+1/ä", "0.1.0");
        var found = new JellyfinProbe(client).look(URI.create(url));
        signedIn = new JellyfinSignIn(client, found.url(), found.info().name(), identity).password(DemoServer.USER, DemoServer.PASSWORD);
        server = new JellyfinServer(
                new JellyfinConnection(client, found.url(), found.info().name(), identity, () -> Optional.of(signedIn.token()),
                        rejections::incrementAndGet),
                found.info(), signedIn.userId(), new MediaServer.Permissions(true, true, false));
    }
}
