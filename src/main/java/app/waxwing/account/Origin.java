package app.waxwing.account;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

/// Scheme, host and port of an address.
final class Origin {
    private Origin() {}

    static String of(URI url) {
        return scheme(url) + "://" + host(url) + ":" + port(url);
    }

    static String scheme(URI url) {
        return url.getScheme().toLowerCase(Locale.ROOT);
    }

    static String host(URI url) {
        return url.getHost().toLowerCase(Locale.ROOT);
    }

    static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : scheme(url).equals("https") ? 443 : 80;
    }

    /// True for this computer by name or address; no name is looked up.
    static boolean loopback(URI url) {
        String host = host(url);
        if (host.equals("localhost") || host.endsWith(".localhost")) return true;
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (!bare.matches("[0-9.]+") && bare.indexOf(':') < 0) return false;
        try {
            return InetAddress.getByName(bare).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
