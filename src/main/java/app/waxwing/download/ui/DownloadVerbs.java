package app.waxwing.download.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download;
import app.waxwing.download.Download.Status;
import app.waxwing.download.QueueLine;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.parts.ViewContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;

/// What can be done with downloads, by their state. FX thread.
final class DownloadVerbs {
    private final ViewContext ctx;
    private final DownloadsViewModel model;

    DownloadVerbs(ViewContext ctx, DownloadsViewModel model) {
        this.ctx = ctx;
        this.model = model;
    }

    /// The obvious thing to do with one.
    void first(QueueLine d) {
        switch (d.status()) {
            case DOWNLOADING, PENDING -> model.pause(d);
            case PAUSED -> model.resume(d);
            case FAILED -> {
                if (d.remedy() == Download.Remedy.LET_GO) model.cancel(d);
                else model.retry(d);
            }
            case COMPLETED -> goToAlbum(d);
        }
    }

    /// Takes one away: the wish, and for a finished one the file after a question.
    void second(QueueLine d) {
        if (d.status() != Status.COMPLETED) {
            model.cancel(d);
            return;
        }
        model.with(d, whole -> ctx.desk().dialogs().confirm(Texts.of("downloads.delete.title", whole.title()),
                Texts.of("downloads.delete.words"), Texts.of("downloads.delete.yes"), () -> model.delete(List.of(whole))));
    }

    /// Takes several away; finished ones are left alone, since each of them would ask.
    void takeAway(List<QueueLine> downloads) {
        if (downloads.size() == 1) second(downloads.getFirst());
        else downloads.stream().filter(d -> d.status() != Status.COMPLETED).forEach(model::cancel);
    }

    void goToAlbum(QueueLine d) {
        model.with(d, whole -> ctx.actions().with(ctx.library().track(whole.key()), track -> track.flatMap(t -> t.albumId())
                .ifPresent(id -> ctx.go(new Route.AlbumRoute(new ItemKey(whole.key().account(), id))))));
    }

    /// All that makes sense for this one now.
    List<Verb> of(QueueLine d) {
        List<Verb> verbs = new ArrayList<>();
        if (model.held(d)) verbs.add(new Verb(Icon.DOWNLOADS, Texts.of("downloads.now"), () -> model.downloadNow(List.of(d))));
        switch (d.status()) {
            case DOWNLOADING, PENDING -> verbs.add(new Verb(Icon.PAUSE, Texts.of("downloads.first.pending"), () -> model.pause(d)));
            case PAUSED -> verbs.add(new Verb(Icon.PLAY, Texts.of("downloads.first.paused"), () -> model.resume(d)));
            case FAILED -> verbs.add(new Verb(Icon.RETRY, Texts.of("downloads.first.failed"), () -> model.retry(d)));
            case COMPLETED -> {
            }
        }
        if (d.movable()) verbs.add(new Verb(Icon.SORT_UP, Texts.of("downloads.top"), () -> model.toTop(List.of(d))));
        verbs.add(new Verb(Icon.ALBUMS, Texts.of("menu.album"), () -> goToAlbum(d)));
        verbs.add(d.status() == Status.COMPLETED
                ? new Verb(Icon.DELETE, Texts.of("downloads.second.completed"), () -> second(d))
                : new Verb(Icon.CLOSE, Texts.of("downloads.second." + d.status().word()), () -> second(d)));
        return verbs;
    }

    ContextMenu menu(QueueLine d, Consumer<QueueLine> details) {
        var menu = new ContextMenu();
        List<Verb> verbs = new ArrayList<>(of(d));
        verbs.add(new Verb(Icon.DETAILS, Texts.of("downloads.details"), () -> details.accept(d)));
        for (Verb verb : verbs) {
            var item = new MenuItem(verb.words(), Icons.of(verb.icon(), 14));
            item.setMnemonicParsing(false);
            item.setOnAction(e -> verb.act().run());
            menu.getItems().add(item);
        }
        return menu;
    }
}
