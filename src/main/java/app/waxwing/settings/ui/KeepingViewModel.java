package app.waxwing.settings.ui;

import app.waxwing.base.Subscription;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Notices;
import app.waxwing.kit.Texts;
import app.waxwing.outbox.Outbox;
import app.waxwing.outbox.Outbox.Pending;
import app.waxwing.playback.Player;
import app.waxwing.settings.Safekeeping;
import app.waxwing.settings.Safekeeping.Copy;
import app.waxwing.settings.Safekeeping.Progress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Backups, what a restore holds back, and the person's own data, as the Settings page shows them. Belongs to the thread of its executor.
public final class KeepingViewModel {
    private final Safekeeping keeping;
    private final Outbox outbox;
    private final Player player;
    private final Executor fx;
    private final Executor work;
    private final Notices notices;
    private final ZoneId zone;
    private final ReadOnlyObjectWrapper<List<Copy>> copies = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Held>> held = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Progress>> restoring = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Player.Removed>> removed = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private Optional<Subscription> following = Optional.empty();

    /// Changes out of a backup, or too old to be sent unasked, that wait for the user.
    ///
    /// @param from of when the backup is; else when the first was made
    /// @param old none comes out of a backup
    public record Held(int changes, Instant from, boolean old) {}

    public KeepingViewModel(Safekeeping keeping, Outbox outbox, Player player, Executor fx, Executor work, Notices notices, ZoneId zone) {
        this.keeping = keeping;
        this.outbox = outbox;
        this.player = player;
        this.fx = fx;
        this.work = work;
        this.notices = notices;
        this.zone = zone;
    }

    // Properties

    /// Newest first.
    public ReadOnlyObjectProperty<List<Copy>> copies() {
        return copies.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Held>> held() {
        return held.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Progress>> restoring() {
        return restoring.getReadOnlyProperty();
    }

    /// Plays that can be brought back.
    public ReadOnlyObjectProperty<Optional<Player.Removed>> removed() {
        return removed.getReadOnlyProperty();
    }

    /// A backup or an export is being written.
    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    // Commands

    /// From now on, until [#hidden], what is held follows the outbox: it may be sent or dropped elsewhere.
    public void shown() {
        if (following.isEmpty()) {
            Runnable again = Fx.conflated(fx, this::readHeld);
            following = Optional.of(outbox.changes().subscribe(_ -> again.run()));
        }
        readAgain();
    }

    public void hidden() {
        following.ifPresent(Subscription::close);
        following = Optional.empty();
    }

    void readAgain() {
        Fx.on(fx, CompletableFuture.supplyAsync(keeping::backups, work), copies::set, notices::failed);
        Fx.on(fx, player.removedHistory(), removed::set, notices::failed);
        readHeld();
    }

    private void readHeld() {
        Fx.on(fx, outbox.pending(), all -> {
            List<Pending> waiting = all.stream().filter(p -> p.heldFrom().isPresent()).toList();
            // The day that is told is that of a backup where there is one.
            held.set(waiting.stream().min(Comparator.comparing(Pending::old)).flatMap(
                    p -> p.heldFrom().map(from -> new Held(waiting.size(), from, p.old()))));
        }, notices::failed);
    }

    public void backUp() {
        with(keeping::backUp, copy -> {
            notices.say(Texts.of("keeping.made", Formats.bytes(copy.bytes())));
            readAgain();
        });
    }

    /// Unpacks and checks it; then [#restorePrepared] makes it the library at the next start, or [#dropPrepared] forgets it.
    ///
    /// @param ready asks which
    public void restore(Copy copy, Runnable ready) {
        if (restoring.get().isPresent()) return;
        restoring.set(Optional.of(new Progress(Safekeeping.Phase.UNPACKING, 0)));
        Fx.on(fx, CompletableFuture.supplyAsync(
                () -> keeping.prepare(copy.file(), p -> fx.execute(() -> restoring.set(Optional.of(p)))), work), at -> {
                    restoring.set(Optional.empty());
                    readAgain();
                    ready.run();
                }, failure -> {
                    restoring.set(Optional.empty());
                    notices.failed(failure);
                });
    }

    /// @param close ends the program, once the backup is to be the library at the next start
    public void restorePrepared(Runnable close) {
        with(() -> {
            keeping.restorePrepared();
            return true;
        }, planned -> close.run());
    }

    public void dropPrepared() {
        with(() -> {
            keeping.dropPrepared();
            return true;
        }, dropped -> readAgain());
    }

    public void sendHeld() {
        Fx.on(fx, outbox.sendHeld(), n -> {
            notices.say(Texts.count("keeping.sent", n));
            readAgain();
        }, notices::failed);
    }

    public void dropHeld() {
        Fx.on(fx, outbox.dropHeld(), n -> {
            notices.say(Texts.count("keeping.dropped", n));
            readAgain();
        }, notices::failed);
    }

    /// Writes a zip into the folder.
    public void export(Path folder, Instant now) {
        Path file = folder.resolve("waxwing-data-" + DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(zone).format(now) + ".zip");
        with(() -> keeping.exportData(file, false), rows -> notices.say(Texts.of("keeping.exported", file.toString())));
    }

    /// Signs out and deletes all that is here of the account, in the backups too.
    public void erase(long account, String words) {
        with(() -> keeping.erase(account), erased -> {
            String gone = erased.left().isEmpty()
                    ? Texts.of("keeping.erased", words)
                    : Texts.of("keeping.erased.but", words, String.join(" ", erased.left()));
            notices.say(gone + (erased.setAside().isEmpty()
                    ? ""
                    : ". " + Texts.of("keeping.erased.others", String.join(", ", erased.setAside()))));
            readAgain();
        });
    }

    public void clearHistory() {
        Fx.on(fx, player.forgetHistory(), n -> {
            notices.say(Texts.count("keeping.history", n), Texts.of("keeping.undo"), this::bringBack);
            readAgain();
        }, notices::failed);
    }

    /// The plays that were removed last.
    public void bringBack() {
        Fx.on(fx, player.recallHistory(), back -> {
            notices.say(Texts.count("keeping.history.back", back));
            readAgain();
        }, notices::failed);
    }

    /// «27 November 2026, 10:15».
    public String day(Instant at) {
        return DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH).withZone(zone).format(at);
    }

    private <T> void with(Supplier<T> deed, java.util.function.Consumer<T> then) {
        busy.set(true);
        Fx.on(fx, CompletableFuture.supplyAsync(deed, work), done -> {
            busy.set(false);
            then.accept(done);
        }, failure -> {
            busy.set(false);
            notices.failed(failure);
        });
    }
}
