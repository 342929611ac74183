package app.waxwing.parts;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.base.Subscription;
import app.waxwing.download.DownloadEvent;
import app.waxwing.library.Library;
import app.waxwing.server.ItemKind;
import java.time.Duration;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// What one item's download button shows and does (requirement 2.17). Follows the engine between [#shown] and [#hidden] only. FX thread.
public final class KeepViewModel {
    private static final Duration PERIOD = Duration.ofMillis(250);
    private final ViewContext ctx;
    private final ReadOnlyObjectWrapper<KeepLook> look = new ReadOnlyObjectWrapper<>(KeepLook.NONE);
    private final Conflated again;
    private Optional<Item> item = Optional.empty();
    private Subscription ends = () -> {};
    private int generation;

    private record Item(ItemKind kind, ItemKey key) {}

    public KeepViewModel(ViewContext ctx) {
        this.ctx = ctx;
        again = new Conflated(ctx.time(), ctx.fx(), PERIOD, this::ask);
    }

    // Properties

    public ReadOnlyObjectProperty<KeepLook> look() {
        return look.getReadOnlyProperty();
    }

    // Commands

    public void item(ItemKind kind, ItemKey key) {
        item = Optional.of(new Item(kind, key));
        ask();
    }

    public void shown() {
        hidden();
        Subscription events = ctx.downloads().events().subscribe(event -> {
            if (event.kind() != DownloadEvent.Kind.PROGRESS) again.wish();
        });
        Subscription changes = ctx.library().changes().subscribe(change -> {
            if (change == Library.Change.AVAILABILITY) again.wish();
        });
        Subscription figures = ctx.sampler().watch(() -> {
            if (look.get().state() == KeepLook.State.DOWNLOADING || look.get().state() == KeepLook.State.QUEUED) again.wish();
        });
        ends = events.and(changes).and(figures);
        ask();
    }

    public void hidden() {
        ends.close();
        ends = () -> {};
    }

    /// What a click does.
    public void press() {
        switch (look.get().state()) {
            case AVAILABLE -> keep();
            case QUEUED, DOWNLOADING -> pause();
            case PAUSED -> resume();
            case FAILED -> retry();
            case COMPLETED -> {
            }
        }
    }

    public void keep() {
        item.ifPresent(i -> {
            KeepLook now = look.get();
            look.set(new KeepLook(KeepLook.State.QUEUED, now.progress(), now.here(), now.total(), now.failed()));
            ctx.actions().with(ctx.keeping().keep(i.kind(), i.key()), n -> ask());
        });
    }

    /// In this quality; what is here in another stays until it is whole in this one.
    public void keep(Quality quality) {
        item.ifPresent(i -> ctx.actions().keep(i.kind(), i.key(), quality, look.get().state() == KeepLook.State.COMPLETED));
    }

    /// Whether the server makes files in another quality for the item's account.
    public boolean choosesQuality() {
        return item.filter(i -> ctx.keeping().choosesQuality(i.key().account())).isPresent();
    }

    public void release() {
        item.ifPresent(i -> ctx.actions().release(i.kind(), i.key(), this::ask));
    }

    public void pause() {
        item.ifPresent(i -> ctx.actions().with(ctx.keeping().pause(i.kind(), i.key()), n -> ask()));
    }

    public void resume() {
        item.ifPresent(i -> ctx.actions().with(ctx.keeping().resume(i.kind(), i.key()), n -> ask()));
    }

    public void retry() {
        item.ifPresent(i -> ctx.actions().with(ctx.keeping().retry(i.kind(), i.key()), n -> ask()));
    }

    private void ask() {
        if (item.isEmpty()) return;
        int asked = ++generation;
        Item i = item.get();
        ctx.actions().with(ctx.keeping().look(i.kind(), i.key()), answer -> {
            if (asked == generation) look.set(answer);
        });
    }
}
