package app.waxwing.shell;

import app.waxwing.account.Account;
import app.waxwing.base.Subscription;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Notices;
import app.waxwing.kit.Texts;
import app.waxwing.library.Library;
import app.waxwing.library.LibrarySync.Held;
import app.waxwing.server.ItemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The oldest question of a sync to the user: a server no longer lists much of a library. FX thread.
final class HeldViewModel implements AutoCloseable {
    /// @param head what is missing, of which library
    /// @param help what the answers mean
    record Question(Held held, String head, String help) {}

    private final Services services;
    private final Notices notices;
    private final Executor fx;
    private final ReadOnlyObjectWrapper<Optional<Question>> question = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Subscription subscriptions;
    private boolean answering;

    HeldViewModel(Services services, Notices notices, Executor fx) {
        this.services = services;
        this.notices = notices;
        this.fx = fx;
        Runnable read = Fx.conflated(fx, this::read);
        subscriptions = services.sync().progress().subscribe(p -> {
            if (p.finished()) read.run();
        }).and(services.accounts().changes().subscribe(_ -> read.run())).and(services.library().changes().subscribe(change -> {
            if (change == Library.Change.CONTENT) read.run(); // it was answered, or that taken back, by another way, such as the command line
        }));
        read();
    }

    // ---- properties

    ReadOnlyObjectProperty<Optional<Question>> questionProperty() {
        return question.getReadOnlyProperty();
    }

    // ---- commands

    /// They are gone.
    void gone() {
        answer(true);
    }

    void keep() {
        answer(false);
    }

    private void answer(boolean gone) {
        question.get().map(Question::held).ifPresent(held -> {
            question.set(Optional.empty());
            answering = true;
            Fx.on(fx, services.sync().answer(held.account(), held.folder(), gone), items -> {
                if (gone) notices.say(Texts.count("held.done.gone", items), Texts.of("undo"), () -> takeBack(held));
                else notices.say(Texts.count("held.done.kept", items));
                answered();
            }, failure -> {
                notices.failed(failure);
                answered();
            });
        });
    }

    private void answered() {
        answering = false;
        read();
    }

    private void takeBack(Held held) {
        Fx.on(fx, services.sync().takeBack(held.account(), held.folder()), items -> {
            notices.say(Texts.count("held.done.back", items));
            read();
        }, notices::failed);
    }

    /// While an answer is under way its question stands still, and is not to be asked again.
    private void read() {
        Fx.on(fx, services.sync().held(), all -> {
            if (!answering) question.set(all.stream().filter(this::signedIn).findFirst().map(this::words));
        }, notices::failed);
    }

    private boolean signedIn(Held held) {
        return services.accounts().active().stream().anyMatch(a -> a.id() == held.account());
    }

    private Question words(Held held) {
        String server = services.accounts().all().stream().filter(a -> a.id() == held.account()).map(Account::serverName).findFirst()
                .orElse("");
        List<String> parts = new ArrayList<>();
        for (ItemKind kind : List.of(ItemKind.TRACK, ItemKind.ALBUM, ItemKind.ARTIST, ItemKind.PLAYLIST)) {
            var missing = held.of(kind);
            if (missing.missing() > 0) {
                parts.add(Texts.count("held." + kind.word(), missing.known(), Formats.count(missing.missing())));
            }
        }
        String what = parts.size() < 2
                ? String.join("", parts)
                : Texts.of("held.and", String.join(", ", parts.subList(0, parts.size() - 1)), parts.getLast());
        String where = held.title().isEmpty() ? server : Texts.of("held.library", held.title(), server);
        return new Question(held, Texts.of("held.head", where, what), Texts.of("held.help"));
    }

    @Override
    public void close() {
        subscriptions.close();
    }
}
