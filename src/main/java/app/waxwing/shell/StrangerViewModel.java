package app.waxwing.shell;

import app.waxwing.account.Account;
import app.waxwing.account.Reachability;
import app.waxwing.base.Subscription;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Notices;
import app.waxwing.kit.Texts;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The first account at whose address another server answers than the one it was made with (B.43), unless somebody has signed in there: that answers
/// the question. FX thread.
final class StrangerViewModel implements AutoCloseable {
    private final Services services;
    private final Notices notices;
    private final Reachability reachability;
    private final Consumer<String> signIn;
    private final ReadOnlyObjectWrapper<Optional<Account>> account = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Subscription subscriptions;

    /// @param signIn shows the way to an account at this address
    StrangerViewModel(Services services, Notices notices, Executor fx, Consumer<String> signIn) {
        this.services = services;
        this.notices = notices;
        this.signIn = signIn;
        reachability = services.reachability();
        Runnable read = Fx.conflated(fx, this::read);
        subscriptions = reachability.changes().subscribe(_ -> read.run())
                .and(services.accounts().changes().subscribe(_ -> read.run()));
        read();
    }

    // ---- properties

    ReadOnlyObjectProperty<Optional<Account>> accountProperty() {
        return account.getReadOnlyProperty();
    }

    // ---- commands

    void lookAgain() {
        account.get().ifPresent(a -> {
            notices.say(Texts.of("stranger.looks", a.serverName()));
            reachability.lookAgain(a.id());
        });
    }

    void signIn() {
        account.get().ifPresent(a -> signIn.accept(a.url().toString()));
    }

    private void read() {
        Set<Long> taken = reachability.strangers();
        List<Account> active = services.accounts().active();
        Set<URI> known = active.stream().filter(a -> !taken.contains(a.id())).map(Account::url).collect(Collectors.toSet());
        account.set(active.stream().filter(a -> taken.contains(a.id()) && !known.contains(a.url())).findFirst());
    }

    @Override
    public void close() {
        subscriptions.close();
    }
}
