package app.waxwing.settings.ui;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.account.Reachability;
import app.waxwing.base.FailureException;
import app.waxwing.base.Subscription;
import app.waxwing.kit.Notices;
import app.waxwing.settings.Options;
import app.waxwing.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Options and accounts as the Settings page shows them. A change is checked and told at once; trouble is said and the old value stays. FX thread.
public final class SettingsViewModel {
    private final Settings settings;
    private final Accounts accounts;
    private final Executor fx;
    private final Notices notices;
    private final ReadOnlyObjectWrapper<Options> options;
    private final ReadOnlyObjectWrapper<List<Account>> list;
    private final ReadOnlyObjectWrapper<List<Line>> lines;
    private final ReadOnlyObjectWrapper<Reachability.Mode> mode;
    private Subscription ends = () -> {};

    public SettingsViewModel(Settings settings, Accounts accounts, Executor fx, Notices notices) {
        this.settings = settings;
        this.accounts = accounts;
        this.fx = fx;
        this.notices = notices;
        options = new ReadOnlyObjectWrapper<>(settings.options());
        list = new ReadOnlyObjectWrapper<>(accounts.all());
        lines = new ReadOnlyObjectWrapper<>(read());
        mode = new ReadOnlyObjectWrapper<>(accounts.reachability().mode());
    }

    // Properties

    public ReadOnlyObjectProperty<Options> options() {
        return options.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<List<Account>> accounts() {
        return list.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Reachability.Mode> mode() {
        return mode.getReadOnlyProperty();
    }

    /// An account and how it is with its server now.
    ///
    /// @param signedOut the server is there and does not take its sign-in any more
    record Line(Account account, boolean reachable, boolean signedOut) {}

    ReadOnlyObjectProperty<List<Line>> lines() {
        return lines.getReadOnlyProperty();
    }

    private List<Line> read() {
        return accounts.all().stream().map(a -> {
            boolean reachable = accounts.reachability().online(a.id());
            return new Line(a, reachable, reachable && !accounts.signedIn(a.id()));
        }).toList();
    }

    // Commands

    public void shown() {
        hidden();
        ends = settings.changes().subscribe(now -> fx.execute(() -> options.set(now)))
                .and(accounts.changes().subscribe(now -> fx.execute(this::look)))
                .and(accounts.reachability().changes().subscribe(now -> fx.execute(this::look)));
        options.set(settings.options());
        look();
    }

    public void hidden() {
        ends.close();
        ends = () -> {};
    }

    /// Changes one option, as `settings set KEY VALUE` does.
    public void set(String key, Object value) {
        try {
            settings.set(Map.of(key, String.valueOf(value).toLowerCase(Locale.ROOT)));
        } catch (FailureException e) {
            notices.failed(e.failure());
        }
        options.set(settings.options());
    }

    public void mode(Reachability.Mode wanted) {
        accounts.reachability().mode(wanted);
        mode.set(accounts.reachability().mode());
    }

    public void use(Account account) {
        with(accounts.use(account.id()));
    }

    /// @param keepFiles leave the kept music on disk
    public void remove(Account account, boolean keepFiles) {
        with(accounts.remove(account.id(), keepFiles).thenAcceptAsync(left -> {
            if (!left.isEmpty()) notices.say(left.stream().map(Accounts.Leftover::words).collect(Collectors.joining(" ")));
        }, fx));
    }

    private void look() {
        mode.set(accounts.reachability().mode());
        list.set(List.copyOf(accounts.all()));
        lines.set(read());
    }

    private void with(CompletableFuture<?> future) {
        future.whenComplete((x, thrown) -> fx.execute(() -> {
            if (thrown != null) notices.failed(FailureException.of(thrown));
            look();
        }));
    }
}
