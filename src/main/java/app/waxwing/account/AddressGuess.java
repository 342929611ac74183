package app.waxwing.account;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What people type into an address field, as addresses to try, best first. A pure function: nothing is asked of the network.
///
/// Without a scheme https comes before http; without a port the scheme's own comes first, then Jellyfin's (8920 for https, 8096 for http). An
/// address pasted from the browser loses what follows the server's base (`/web/…`, query, fragment).
final class AddressGuess {
    private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*)://?(.*)$", Pattern.DOTALL);
    private static final int HTTPS_PORT = 8920;
    private static final int HTTP_PORT = 8096;

    private AddressGuess() {}

    /// Empty when no address can be made of it.
    static List<URI> candidates(String typed) {
        String text = typed.strip();
        if (text.isEmpty() || text.length() > 2000) return List.of();
        List<String> schemes = List.of("https", "http");
        Matcher matcher = SCHEME.matcher(text);
        if (matcher.matches()) {
            String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
            if (!schemes.contains(scheme)) return List.of();
            schemes = List.of(scheme);
            text = matcher.group(2);
        }
        while (text.startsWith("/")) text = text.substring(1);
        int end = text.length();
        for (char stop : new char[]{'/', '?', '#', '\\'}) {
            int at = text.indexOf(stop);
            if (at >= 0) end = Math.min(end, at);
        }
        String authority = text.substring(0, end);
        String path = path(text.substring(end));
        // A name and password in an address would end up in logs.
        if (authority.isEmpty() || authority.indexOf('@') >= 0 || authority.indexOf(' ') >= 0) return List.of();
        if (colons(authority) > 1 && !authority.startsWith("[")) authority = "[" + authority + "]";
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String host = hasPort ? authority.substring(0, colon) : authority;
        String port = hasPort ? authority.substring(colon + 1) : "";
        if (port.isEmpty()) hasPort = false;
        if (hasPort && !port.matches("\\d{1,5}")) return List.of();

        var found = new LinkedHashSet<URI>();
        for (String scheme : schemes) {
            var ports = new ArrayList<Integer>();
            if (hasPort) {
                ports.add(Integer.parseInt(port));
            } else {
                ports.add(-1);
                ports.add(scheme.equals("https") ? HTTPS_PORT : HTTP_PORT);
            }
            for (int p : ports) if (!add(found, scheme, host, p, path)) return List.of();
        }
        return List.copyOf(found);
    }

    /// Why nothing can be made of it. What stands before an «@» may be a name and a password: it is not repeated, wherever the sentence goes.
    static String refusal(String typed) {
        String text = typed.strip();
        int at = Math.max(text.lastIndexOf('@'), text.lastIndexOf('＠'));
        if (at < 0) return "«" + text + "» is not an address";
        return "an address holds no user name and no password: leave out what stands before «@» in «…@" + text.substring(at + 1) + "»";
    }

    private static boolean add(LinkedHashSet<URI> found, String scheme, String host, int port, String path) {
        boolean usual = port == (scheme.equals("https") ? 443 : 80);
        if (port > 65535 || port == 0) return false;
        try {
            var url = new URI(scheme + "://" + ascii(host) + (port < 0 || usual ? "" : ":" + port) + path);
            if (url.getHost() == null) return false;
            found.add(url);
            return true;
        } catch (URISyntaxException | IllegalArgumentException e) {
            return false;
        }
    }

    private static String ascii(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") ? lower : java.net.IDN.toASCII(lower);
    }

    /// The base path: what stands before `/web`, without trailing slashes.
    private static String path(String rest) {
        int end = rest.length();
        for (char stop : new char[]{'?', '#', '\\'}) {
            int at = rest.indexOf(stop);
            if (at >= 0) end = Math.min(end, at);
        }
        String path = rest.substring(0, end).replaceAll("/{2,}", "/");
        String lower = path.toLowerCase(Locale.ROOT);
        int web = lower.endsWith("/web") ? lower.length() - 4 : lower.indexOf("/web/");
        if (web >= 0) path = path.substring(0, web);
        while (path.endsWith("/")) path = path.substring(0, path.length() - 1);
        return path.replace(" ", "%20");
    }

    private static long colons(String text) {
        return text.chars().filter(c -> c == ':').count();
    }
}
