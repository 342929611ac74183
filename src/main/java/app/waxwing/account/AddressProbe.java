package app.waxwing.account;

import app.waxwing.account.Accounts.ServerAddress;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.server.jellyfin.ClientIdentity;
import app.waxwing.server.jellyfin.JellyfinProbe;
import app.waxwing.server.jellyfin.JellyfinSignIn;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/// Finds the server behind what somebody typed. All candidates are asked at once, with GETs that carry nothing secret; the best one that is a server
/// wins, encrypted before plain. A certificate that this system does not know is told, and never silently passed over for plain http.
final class AddressProbe {
    private static final long PATIENCE = 10_000;
    private final HttpClients clients;
    private final Executor io;

    AddressProbe(HttpClients clients, Executor io) {
        this.clients = clients;
        this.io = io;
    }

    /// Blocks.
    ServerAddress probe(String typed, Optional<String> fingerprint) {
        List<URI> candidates = AddressGuess.candidates(typed);
        if (candidates.isEmpty()) throw new Failure.Invalid(AddressGuess.refusal(typed)).asException();
        var looks = new ArrayList<CompletableFuture<JellyfinProbe.Found>>();
        for (URI candidate : candidates) looks.add(CompletableFuture.supplyAsync(() -> look(candidate, fingerprint), io));
        Optional<Failure> untrusted = Optional.empty();
        Optional<Failure> best = Optional.empty();
        for (int i = 0; i < looks.size(); i++) {
            // What comes next in the list may be plain: then a certificate to be decided about comes first.
            if (untrusted.isPresent() && !candidates.get(i).getScheme().equals("https")) break;
            try {
                return address(looks.get(i).join(), fingerprint);
            } catch (CompletionException e) {
                Failure failure = FailureException.of(e);
                if (failure instanceof Failure.Untrusted f && isServer(candidates.get(i), f.fingerprint())) {
                    untrusted = Optional.of(new Failure.Untrusted(candidates.get(i).getHost(), f.fingerprint()));
                }
                if (best.isEmpty() || weight(failure) > weight(best.get())) best = Optional.of(failure);
            }
        }
        throw (untrusted.isPresent() ? untrusted : best).orElseThrow().asException();
    }

    /// Which of several troubles says most about the server meant.
    private static int weight(Failure failure) {
        return switch (failure) {
            case Failure.ServerBusy f -> 4;
            case Failure.NotPermitted f -> 3;
            case Failure.Invalid f -> 2;
            case Failure.Untrusted f -> 1;
            default -> 0;
        };
    }

    private JellyfinProbe.Found look(URI candidate, Optional<String> fingerprint) {
        return new JellyfinProbe(clients.quick(fingerprint, PATIENCE)).look(candidate);
    }

    /// Whether it is worth asking the user about the certificate: something else (a router's page) may live on that port. Nothing secret is sent.
    private boolean isServer(URI candidate, String fingerprint) {
        try {
            look(candidate, Optional.of(fingerprint));
            return true;
        } catch (FailureException e) {
            return e.failure() instanceof Failure.ServerBusy;
        }
    }

    private ServerAddress address(JellyfinProbe.Found found, Optional<String> fingerprint) {
        boolean encrypted = Origin.scheme(found.url()).equals("https");
        return new ServerAddress(found.url(), found.info(), encrypted, Origin.loopback(found.url()), quickConnect(found, fingerprint),
                fingerprint.filter(f -> encrypted), false);
    }

    private boolean quickConnect(JellyfinProbe.Found found, Optional<String> fingerprint) {
        try {
            return new JellyfinSignIn(clients.quick(fingerprint, PATIENCE), found.url(), found.info().name(),
                    new ClientIdentity("Waxwing", "Waxwing", "probe", "0")).quickConnectOffered();
        } catch (FailureException e) {
            return false;
        }
    }
}
