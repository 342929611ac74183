package app.waxwing.testing;

import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoOptions;
import app.waxwing.demo.DemoServer;
import app.waxwing.demo.Interceptor;
import app.waxwing.demo.Request;
import app.waxwing.demo.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The demonstration server with faults: rules say which requests go wrong, how and how often. The newest rule that fits comes first.
///
/// ```
/// try (var server = FaultyServer.start()) {
///     server.on("/Items/.*/Download").times(2).does(Fault.resetAfter(10_000));
///     …
///     assertThat(server.asked("/Items/.*/Download")).isEqualTo(3);
/// }
/// ```
public final class FaultyServer implements AutoCloseable {
    private final DemoServer server;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    private FaultyServer(DemoLibrary library, DemoOptions options) throws IOException {
        server = DemoServer.start(library, options.interceptor(this::answer));
    }

    /// With the bundled library, newest stable version.
    public static FaultyServer start() {
        return start(DemoLibrary.bundled(), DemoOptions.USUAL);
    }

    public static FaultyServer start(DemoOptions options) {
        return start(DemoLibrary.bundled(), options);
    }

    public static FaultyServer start(DemoLibrary library, DemoOptions options) {
        try {
            return new FaultyServer(library, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public DemoServer server() {
        return server;
    }

    public String url() {
        return server.url();
    }

    /// Starts a rule for paths that match the expression wholly, case-insensitively.
    public Where on(String path) {
        var pattern = Pattern.compile(path, Pattern.CASE_INSENSITIVE);
        return new Where(r -> pattern.matcher(r.path()).matches(), 0, Integer.MAX_VALUE);
    }

    /// Ends all faults.
    public void heal() {
        rules.clear();
    }

    /// Lets the port go dead; [#revive] brings back the same server with all it knew.
    public void kill() {
        server.down();
    }

    public void revive() {
        try {
            server.up();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How many requests for matching paths came in.
    public long asked(String path) {
        var pattern = Pattern.compile(path, Pattern.CASE_INSENSITIVE);
        return server.requests().stream().filter(r -> pattern.matcher(r.path()).matches()).count();
    }

    @Override
    public void close() {
        heal();
        server.close();
    }

    private Response answer(Request request, Interceptor.Next next) throws IOException {
        for (var rule : rules.reversed())
            if (rule.matches().test(request) && rule.take()) return rule.fault().answer(request, next);
        return next.answer(request);
    }

    /// Which requests, and which of them.
    public final class Where {
        private final Predicate<Request> matches;
        private final int skip;
        private final int times;

        private Where(Predicate<Request> matches, int skip, int times) {
            this.matches = matches;
            this.skip = skip;
            this.times = times;
        }

        public Where when(Predicate<Request> also) {
            return new Where(matches.and(also), skip, times);
        }

        /// Lets the first so many pass.
        public Where after(int passed) {
            return new Where(matches, passed, times);
        }

        /// Strikes only so many times.
        public Where times(int count) {
            return new Where(matches, skip, count);
        }

        public void does(Interceptor fault) {
            rules.add(new Rule(matches, fault, skip, times, new AtomicInteger()));
        }
    }

    private record Rule(Predicate<Request> matches, Interceptor fault, int skip, int times, AtomicInteger seen) {
        boolean take() {
            int n = seen.getAndIncrement();
            return n >= skip && n - (long) skip < times;
        }
    }
}
