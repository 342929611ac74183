package app.waxwing.parts;

import app.waxwing.kit.Buttons;
import app.waxwing.kit.CoverView;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Texts;
import app.waxwing.library.Cover;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The head of an album, artist, playlist or genre: cover, caption, large title, a line of facts, then Play, Shuffle, Download, favourite, menu.
/// In a low window it takes half the height. FX thread.
public final class CollectionHead extends HBox {
    private static final PseudoClass ON = PseudoClass.getPseudoClass("on");
    private static final PseudoClass COMPACT = PseudoClass.getPseudoClass("compact");
    private static final double LARGE = 212;
    private static final double SMALL = 112;
    private static final double TWO_LINES = 108;
    private final ViewContext ctx;
    private final boolean round;
    private final Label caption = new Label();
    private final Label title = new Label();
    private final FlowPane facts = new FlowPane(0, 2);
    private final HBox buttons = new HBox(10);
    private final Button heart = Buttons.round(Icon.FAVOURITE, Texts.of("favourite.add"), () -> {});
    private final Button more = Buttons.round(Icon.MORE, Texts.of("menu.more"), () -> {});
    private final VBox words;
    private Optional<CoverView> view = Optional.empty();
    private Optional<Cover> cover = Optional.empty();
    private boolean compact;

    public CollectionHead(ViewContext ctx, boolean round) {
        this.ctx = ctx;
        this.round = round;
        getStyleClass().add("collection-head");
        caption.getStyleClass().setAll("caption");
        title.getStyleClass().setAll("hero-title");
        title.setWrapText(true);
        title.setMaxHeight(TWO_LINES);
        facts.getStyleClass().add("head-facts");
        facts.setAlignment(Pos.CENTER_LEFT);
        facts.setPrefWrapLength(200);
        facts.setMinWidth(0);
        buttons.setAlignment(Pos.CENTER_LEFT);
        buttons.getStyleClass().add("head-buttons");
        words = new VBox(4, caption, title, facts, buttons);
        words.setAlignment(Pos.BOTTOM_LEFT);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        getChildren().add(words);
        picture();
    }

    /// The verbs, in their order; pass what the collection has.
    public void verbs(Runnable play, Runnable shuffle, Optional<DownloadButton> download, Optional<Runnable> favourite,
            Optional<Supplier<ContextMenu>> menu) {
        buttons.getChildren().setAll(Buttons.primary(Icon.PLAY, Texts.of("menu.play"), play),
                Buttons.quiet(Icon.SHUFFLE, Texts.of("menu.shuffle"), shuffle));
        download.ifPresent(buttons.getChildren()::add);
        favourite.ifPresent(run -> {
            heart.setOnAction(e -> run.run());
            buttons.getChildren().add(heart);
        });
        menu.ifPresent(make -> {
            more.setOnAction(e -> make.get().show(more, Side.BOTTOM, 0, 4));
            buttons.getChildren().add(more);
        });
    }

    public void show(String newCaption, String newTitle, Optional<Cover> newCover, boolean favourite, List<Node> newFacts) {
        caption.setText(newCaption);
        title.setText(newTitle);
        cover = newCover;
        for (Node fact : newFacts) {
            if (fact instanceof Region region) region.maxWidthProperty().bind(facts.widthProperty());
        }
        facts.getChildren().setAll(newFacts);
        heart.pseudoClassStateChanged(ON, favourite);
        Icons.set((FontIcon) heart.getGraphic(), favourite ? Icon.FAVOURITE_ON : Icon.FAVOURITE);
        Buttons.name(heart, Texts.of(favourite ? "favourite.remove" : "favourite.add"));
        view.ifPresent(v -> v.show(cover, newTitle));
    }

    /// Half the height, for low windows.
    public void compact(boolean on) {
        if (on == compact) return;
        compact = on;
        pseudoClassStateChanged(COMPACT, on);
        title.getStyleClass().setAll(on ? "page-title" : "hero-title");
        title.setMaxHeight(on ? 44 : TWO_LINES);
        caption.setVisible(!on);
        caption.setManaged(!on);
        picture();
    }

    private void picture() {
        double edge = compact ? SMALL : LARGE;
        view.ifPresent(getChildren()::remove);
        var fresh = new CoverView(ctx.desk().covers(), edge, round ? edge / 2 : 10);
        fresh.getStyleClass().add("head-cover");
        fresh.show(cover, title.getText());
        view = Optional.of(fresh);
        getChildren().addFirst(fresh);
    }

    /// «· 12 tracks»: one fact with the dot before it.
    public static Label fact(String text, boolean first) {
        var label = new Label((first ? "" : " · ") + text);
        label.getStyleClass().setAll("head-fact");
        return label;
    }
}
