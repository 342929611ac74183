package app.waxwing.account;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.server.jellyfin.JellyfinSignIn;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// Asks every five seconds whether somebody has approved the code, for the ten minutes that codes live. A network that fails in between costs nothing.
final class QuickConnectFlow implements Accounts.QuickConnect {
    static final Duration PERIOD = Duration.ofSeconds(5);
    static final Duration LIFE = Duration.ofMinutes(10);
    private final JellyfinSignIn signIn;
    private final JellyfinSignIn.Code code;
    private final Function<JellyfinSignIn.SignedIn, CompletableFuture<Account>> keep;
    private final Time time;
    private final Executor io;
    private final long end;
    private final CompletableFuture<Account> finished = new CompletableFuture<>();
    private volatile Subscription next = () -> {};

    QuickConnectFlow(JellyfinSignIn signIn, JellyfinSignIn.Code code, Function<JellyfinSignIn.SignedIn, CompletableFuture<Account>> keep,
            Time time, Executor io) {
        this.signIn = signIn;
        this.code = code;
        this.keep = keep;
        this.time = time;
        this.io = io;
        this.end = time.nanos() + LIFE.toNanos();
    }

    QuickConnectFlow start() {
        later();
        return this;
    }

    private void later() {
        if (!finished.isDone()) next = time.after(PERIOD, () -> io.execute(this::ask));
    }

    private void ask() {
        if (finished.isDone()) return;
        try {
            if (signIn.approved(code)) {
                keep.apply(signIn.redeem(code)).whenComplete((account, trouble) -> {
                    if (trouble == null) finished.complete(account);
                    else finished.completeExceptionally(FailureException.of(trouble).asException());
                });
                return;
            }
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.NotFound) {
                tooOld();
                return;
            }
            if (!(e.failure() instanceof Failure.Offline || e.failure() instanceof Failure.ServerBusy)) {
                finished.completeExceptionally(e);
                return;
            }
        }
        if (time.nanos() - end >= 0) tooOld();
        else later();
    }

    private void tooOld() {
        finished.completeExceptionally(new Failure.Invalid("The code is too old; ask for a new one").asException());
    }

    @Override
    public String code() {
        return code.code();
    }

    @Override
    public CompletableFuture<Account> finished() {
        return finished;
    }

    @Override
    public void close() {
        finished.completeExceptionally(new Failure.Invalid("Quick Connect was given up").asException());
        next.close();
    }
}
