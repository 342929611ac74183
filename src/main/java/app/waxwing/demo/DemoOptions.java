package app.waxwing.demo;

import java.time.Duration;

/// How a demonstration server shows itself.
///
/// @param port 0 for any free one
/// @param basePath empty, or such as `/jellyfin`; then every other path is redirected to `<base>/web/`
/// @param discovery whether it answers on UDP 7359
/// @param quickConnect whether Quick Connect is enabled
/// @param libraryQuiet how long the library must rest before `LibraryChanged` is sent; each change starts it anew
/// @param keepAlive seconds after which a silent WebSocket is dropped
public record DemoOptions(int port, ServerVersion version, String basePath, Interceptor interceptor, boolean discovery,
        boolean quickConnect,
        Duration libraryQuiet, Duration keepAlive) {

    public static final DemoOptions USUAL = new DemoOptions(0, ServerVersion.V10_11, "", Interceptor.NONE, false, true,
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));

    public DemoOptions {
        if (port < 0 || port > 65535) throw new IllegalArgumentException("port " + port);
        if (!basePath.isEmpty() && (!basePath.startsWith("/") || basePath.endsWith("/")))
            throw new IllegalArgumentException("base " + basePath);
    }

    public DemoOptions port(int to) {
        return new DemoOptions(to, version, basePath, interceptor, discovery, quickConnect, libraryQuiet, keepAlive);
    }

    public DemoOptions version(ServerVersion to) {
        return new DemoOptions(port, to, basePath, interceptor, discovery, quickConnect, libraryQuiet, keepAlive);
    }

    public DemoOptions basePath(String to) {
        return new DemoOptions(port, version, to, interceptor, discovery, quickConnect, libraryQuiet, keepAlive);
    }

    public DemoOptions interceptor(Interceptor to) {
        return new DemoOptions(port, version, basePath, to, discovery, quickConnect, libraryQuiet, keepAlive);
    }

    public DemoOptions discovery(boolean to) {
        return new DemoOptions(port, version, basePath, interceptor, to, quickConnect, libraryQuiet, keepAlive);
    }

    public DemoOptions quickConnect(boolean to) {
        return new DemoOptions(port, version, basePath, interceptor, discovery, to, libraryQuiet, keepAlive);
    }

    public DemoOptions libraryQuiet(Duration to) {
        return new DemoOptions(port, version, basePath, interceptor, discovery, quickConnect, to, keepAlive);
    }

    public DemoOptions keepAlive(Duration to) {
        return new DemoOptions(port, version, basePath, interceptor, discovery, quickConnect, libraryQuiet, to);
    }
}
