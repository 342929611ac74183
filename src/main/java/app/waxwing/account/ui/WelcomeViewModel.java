package app.waxwing.account.ui;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.account.Accounts.FoundServer;
import app.waxwing.account.Accounts.QuickConnect;
import app.waxwing.account.Accounts.ServerAddress;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureWords;
import app.waxwing.base.InertText;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Notices;
import app.waxwing.kit.Texts;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The way from nothing to a signed-in account, one step at a time. Nothing here waits; answers to a step that was left are dropped.
/// A password is handed on and not kept.
public final class WelcomeViewModel implements AutoCloseable {
    /// Where the way stands.
    public sealed interface Step {
        /// Demonstration, servers found, address field.
        record Start() implements Step {}

        /// The address is plain http: consent is asked, with the risk named.
        record Plain(ServerAddress address) implements Step {}

        /// The certificate is not known: the fingerprint is shown.
        record Certificate(String typed, String server, String fingerprint) implements Step {}

        /// Name and password, with the final origin above.
        ///
        /// @param user the name that stands there already; empty where nobody is known
        record SignIn(ServerAddress address, String user) implements Step {}

        /// The code to approve elsewhere.
        record Code(ServerAddress address, String code) implements Step {}
    }

    private static final int LISTEN_MILLIS = 2500;
    private final Accounts accounts;
    private final Supplier<CompletableFuture<Account>> demo;
    private final Notices notices;
    private final Executor fx;
    private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(new Step.Start());
    private final ReadOnlyStringWrapper busy = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper looking = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper here = new ReadOnlyStringWrapper("");
    private final ObservableList<FoundServer> found = FXCollections.observableArrayList();
    private BiConsumer<Account, Boolean> signedIn = (_, _) -> {};
    private Optional<QuickConnect> quickConnect = Optional.empty();
    /// Who signs in again.
    private Optional<Account> again = Optional.empty();
    private String typed = "";
    private long turn;

    public WelcomeViewModel(Accounts accounts, Supplier<CompletableFuture<Account>> demo, Notices notices, Executor fx) {
        this.accounts = accounts;
        this.demo = demo;
        this.notices = notices;
        this.fx = fx;
    }

    // ---- properties

    public ReadOnlyObjectProperty<Step> stepProperty() {
        return step.getReadOnlyProperty();
    }

    /// What is being done now, in words; empty when nothing is.
    public ReadOnlyStringProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// What went wrong, as a sentence; empty when nothing did.
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty lookingProperty() {
        return looking.getReadOnlyProperty();
    }

    /// The server whose library came by another way while somebody was at this page; empty when none did.
    public ReadOnlyStringProperty hereProperty() {
        return here.getReadOnlyProperty();
    }

    /// Whether something would be lost if the page left now: an address is typed, a sign-in is under way. Who was told of a library
    /// leaves for it by a word of their own.
    public boolean begun() {
        return !typed.isBlank() || !busy.get().isEmpty() || !(step.get() instanceof Step.Start) || !here.get().isEmpty();
    }

    public ObservableList<FoundServer> found() {
        return found;
    }

    /// Called once, with whether it is the demonstration.
    public void onSignedIn(BiConsumer<Account, Boolean> then) {
        signedIn = then;
    }

    // ---- commands

    /// What stands in the address field.
    public void typed(String address) {
        typed = address;
    }

    /// An account of this server came by another way, such as the command line; empty when there is none any more.
    public void here(String server) {
        here.set(InertText.of(server));
    }

    public void playDemonstration() {
        begin(Texts.of("welcome.demo.starting"), demo.get(), account -> signedIn.accept(account, true));
    }

    /// Listens for servers on the local network. What they say only fills the field.
    public void discover() {
        if (looking.get()) return;
        looking.set(true);
        Fx.on(fx, accounts.discover(LISTEN_MILLIS), servers -> {
            looking.set(false);
            found.setAll(servers.stream().map(s -> new FoundServer(InertText.of(s.name()), s.url())).toList());
        }, _ -> looking.set(false));
    }

    public void connect(String typed) {
        String address = typed.strip();
        if (address.isEmpty()) return;
        again = Optional.empty();
        probe(address, accounts.probe(address));
    }

    /// The way of an account that is here to the same account: its address and its name are known, and whether its password may go out in the open
    /// was asked when it came.
    public void signInAgain(Account account) {
        again = Optional.of(account);
        probe(account.url().toString(), accounts.probe(account.url().toString()));
    }

    public void trust(Step.Certificate certificate) {
        probe(certificate.typed(), accounts.probeTrusting(certificate.typed(), certificate.fingerprint()));
    }

    public void acceptPlain(Step.Plain plain) {
        go(new Step.SignIn(plain.address().acceptPlain(), user()));
    }

    /// Sends name and password once. A wrong one is said and never tried again by itself.
    public void signIn(ServerAddress address, String user, String password) {
        if (user.isBlank() || !busy.get().isEmpty()) return;
        begin(Texts.of("signin.going"), accounts.signIn(address, user.strip(), password), account -> signedIn.accept(account, false));
    }

    public void quickConnect(ServerAddress address) {
        long mine = ++turn;
        begin(Texts.of("quickconnect.waiting"), accounts.quickConnect(address), code -> {
            if (mine + 1 != turn) {
                code.close();
                return;
            }
            quickConnect = Optional.of(code);
            step.set(new Step.Code(address, code.code()));
            long waiting = turn;
            Fx.on(fx, code.finished(), account -> {
                quickConnect = Optional.empty();
                signedIn.accept(account, false);
            }, failure -> {
                if (waiting == turn) problem.set(FailureWords.sentence(failure));
            });
        });
    }

    /// One step back, or out of what is being done.
    public void back() {
        turn++;
        busy.set("");
        problem.set("");
        quickConnect.ifPresent(QuickConnect::close);
        quickConnect = Optional.empty();
        step.set(switch (step.get()) {
            case Step.Code code -> new Step.SignIn(code.address(), user());
            case Step.Start _,Step.Plain _,Step.Certificate _,Step.SignIn _ -> new Step.Start();
        });
    }

    @Override
    public void close() {
        turn++;
        quickConnect.ifPresent(QuickConnect::close);
        quickConnect = Optional.empty();
    }

    private void probe(String typed, CompletableFuture<ServerAddress> asked) {
        long mine = ++turn;
        problem.set("");
        busy.set(Texts.of("welcome.connecting", typed));
        Fx.on(fx, asked, address -> {
            if (mine != turn) return;
            busy.set("");
            // Its server, not whoever answers at its address now: the consent was about that one.
            boolean same = again.filter(a -> a.url().equals(address.url()) && a.serverId().equals(address.info().id())).isPresent();
            ServerAddress known = same ? address.acceptPlain() : address;
            boolean consent = !known.encrypted() && !known.loopback() && !known.plainAccepted();
            go(consent ? new Step.Plain(known) : new Step.SignIn(known, user()));
        }, failure -> {
            if (mine != turn) return;
            busy.set("");
            if (failure instanceof Failure.Untrusted unknown) go(new Step.Certificate(typed, unknown.server(), unknown.fingerprint()));
            else problem.set(FailureWords.sentence(failure));
        });
    }

    private String user() {
        return again.map(Account::userName).orElse("");
    }

    private void go(Step next) {
        problem.set("");
        step.set(next);
    }

    private <T> void begin(String words, CompletableFuture<T> work, java.util.function.Consumer<T> then) {
        long mine = ++turn;
        problem.set("");
        busy.set(words);
        Fx.on(fx, work, value -> {
            if (mine == turn) busy.set("");
            then.accept(value);
        }, failure -> {
            if (mine != turn) {
                notices.failed(failure);
                return;
            }
            busy.set("");
            problem.set(failure instanceof Failure.WrongPassword ? Texts.of("signin.wrong") : FailureWords.sentence(failure));
        });
    }
}
