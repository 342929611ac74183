package app.waxwing.download;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.account.Sessions;
import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.server.MediaRequest;
import app.waxwing.server.MediaServer;
import app.waxwing.server.RemoteTrack;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Transfers through the accounts' sessions.
///
/// @param durations measures finished transcodes
/// @param io for calls that nobody waits for
public record SessionTransfers(Accounts accounts, Sessions sessions, DurationProbe durations, Executor io) implements TransferSource {
    private static final Logger LOG = LoggerFactory.getLogger(SessionTransfers.class);

    @Override
    public MediaRequest request(ItemKey track, Purpose purpose) {
        MediaServer server = accounts.server(track.account());
        return switch (purpose) {
            case KEEP -> server.download(track.id());
            case LISTEN -> server.stream(track.id());
        };
    }

    @Override
    public Offer offer(ItemKey track, Purpose purpose, Quality quality) {
        if (!accounts.signedIn(track.account())) sessions.lookAgain(track.account());
        if (!quality.transcoded()) return new Offer.Original(request(track, purpose));
        MediaServer server = accounts.server(track.account());
        RemoteTrack source = known(server, track)
                .orElseThrow(() -> new Failure.NotFound("such track on the server any more").asException());
        if (quality.takesAsItIs(source.container(), source.bitrate())) return new Offer.Original(request(track, purpose));
        Optional<Failure> trouble = trouble(track.account(), quality);
        if (trouble.isPresent()) throw trouble.get().asException();
        Duration duration = source.duration().filter(Duration::isPositive)
                .orElseThrow(() -> new Failure.Invalid("The server does not say how long «" + source.title()
                        + "» is, so a transcoded file could not be checked; the original quality can be downloaded").asException());
        return server.transcoded(track.id(), quality).map(r -> new Offer.Transcode(r, duration))
                .orElseThrow(() -> TransferSource.notPermitted(quality).asException());
    }

    @Override
    public URI address(ItemKey track, Purpose purpose, Quality quality) {
        if (!quality.transcoded()) return request(track, purpose).url();
        return accounts.server(track.account()).transcoded(track.id(), quality).map(MediaRequest::url)
                .orElseThrow(() -> TransferSource.notPermitted(quality).asException());
    }

    @Override
    public OptionalLong size(ItemKey track) {
        return known(accounts.server(track.account()), track).map(RemoteTrack::size).orElse(OptionalLong.empty());
    }

    private static Optional<RemoteTrack> known(MediaServer server, ItemKey track) {
        return server.tracks(List.of(track.id())).stream().filter(t -> t.id().equals(track.id())).findFirst();
    }

    @Override
    public Optional<Failure> trouble(long account, Quality quality) {
        boolean may = !quality.transcoded() || accounts.find(account).map(Account::transcodeAllowed).orElse(true);
        return may ? Optional.empty() : Optional.of(TransferSource.notPermitted(quality));
    }

    @Override
    public String name(long account, String host) {
        return accounts.find(account).map(Account::serverName).filter(name -> !name.isBlank()).orElse(host);
    }

    @Override
    public Optional<Failure> stranger(long account) {
        return sessions.stranger(account);
    }

    @Override
    public void refused(long account) {
        accounts.renew(account); // the session knows now, and says so where the user looks
    }

    @Override
    public Events<Long> accepted() {
        return sessions.accepted();
    }

    @Override
    public boolean connected() {
        try {
            return NetworkInterface.networkInterfaces().anyMatch(SessionTransfers::leadsOut);
        } catch (SocketException e) {
            LOG.debug("the interfaces cannot be read", e);
            return true;
        }
    }

    private static boolean leadsOut(NetworkInterface link) {
        try {
            return link.isUp() && !link.isLoopback() && link.inetAddresses().findAny().isPresent();
        } catch (SocketException e) {
            return false; // it went away while we looked
        }
    }

    @Override
    public boolean onThisComputer(long account) {
        return accounts.find(account).map(Account::onThisComputer).orElse(false);
    }

    @Override
    public String server(long account) {
        return accounts.find(account).map(Account::serverId).orElseGet(() -> String.valueOf(account));
    }

    @Override
    public void givenUp(long account, MediaRequest transcode) {
        try {
            io.execute(() -> {
                try {
                    accounts.server(account).giveUp(transcode);
                } catch (FailureException e) {
                    LOG.debug("a transcode is not called off: {}", e.getMessage()); // signed out; the server ends it by itself soon
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the program ends: the server sees that nobody reads any more", e);
        }
    }

    @Override
    public OkHttpClient client(long account) {
        return sessions.transfers(account);
    }
}
