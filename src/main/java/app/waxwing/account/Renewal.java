package app.waxwing.account;

import app.waxwing.base.FailureException;
import app.waxwing.base.Time;
import app.waxwing.server.MediaServer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server's version and what the user may do there, asked anew: once the server is heard again and then hourly, and whenever somebody wants to know
/// it now. Any thread.
final class Renewal {
    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final long SELDOM = Duration.ofHours(1).toNanos();
    private final AccountBook book;
    private final AccountStore store;
    private final Recognition recognition;
    private final NetworkReachability reachability;
    private final Time time;
    private final Executor io;
    private final Map<Long, Long> renewed = new ConcurrentHashMap<>();

    Renewal(AccountBook book, AccountStore store, Recognition recognition, NetworkReachability reachability, Time time, Executor io) {
        this.book = book;
        this.store = store;
        this.recognition = recognition;
        this.reachability = reachability;
        this.time = time;
        this.io = io;
    }

    /// Asks where the last answer is an hour old, or was that the sign-in is not good any more; returns at once.
    void due(long account) {
        if (!reachability.there(account)) return;
        long now = time.nanos();
        Long last = renewed.get(account);
        boolean fresh = last != null && now - last < SELDOM && book.signedIn(account);
        if (fresh || !Objects.equals(renewed.put(account, now), last)) return;
        io.execute(() -> ask(account));
    }

    /// Asks. Blocks.
    void ask(long account) {
        try {
            book.lookAgain(account);
            MediaServer.Permissions may = book.server(account).whoAmI();
            Account was = book.find(account).orElseThrow(() -> new app.waxwing.base.Failure.NotFound("account " + account).asException());
            recognition.info(account).filter(is -> !is.version().equals(was.serverVersion()) || !is.name().equals(was.serverName())
                    || may.download() != was.downloadAllowed() || may.transcode() != was.transcodeAllowed()).ifPresent(is -> {
                        store.renewed(account, is, may).join();
                        book.anew(account);
                    });
        } catch (FailureException e) {
            LOG.debug("no news of account {}: {}", account, e.getMessage());
        }
    }
}
