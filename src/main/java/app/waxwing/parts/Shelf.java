package app.waxwing.parts;

import app.waxwing.kit.Buttons;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;

/// One heading and one row of covers under it, as many as the width has room for; «Show all» where there is a page with the rest. FX thread.
public final class Shelf extends Pane {
    private static final double HEAD = 24;
    private static final double UNDER_HEAD = 12;
    private static final int MORE_ROWS = 3;
    private final ViewContext ctx;
    private final Label title;
    private final Optional<Hyperlink> all;
    private final List<CoverTile> tiles = new ArrayList<>();
    private List<TileFacts> facts = List.of();
    private double edge;
    private int most = 1;
    private Optional<Hyperlink> further = Optional.empty();
    private boolean behind;

    /// @param all where «Show all» leads
    public Shelf(ViewContext ctx, String words, Optional<Route> all) {
        this.ctx = ctx;
        getStyleClass().add("shelf");
        title = new Label(words);
        title.getStyleClass().setAll("section-title");
        setAccessibleRole(AccessibleRole.PARENT);
        setAccessibleText(words);
        this.all = all.map(route -> {
            Hyperlink link = Buttons.link(Texts.of("show.all"), () -> ctx.go(route));
            link.getStyleClass().add("secondary");
            link.setAccessibleText(Texts.of("show.all") + ": " + words);
            return link;
        });
        getChildren().add(title);
        this.all.ifPresent(getChildren()::add);
    }

    /// At most so many rows of covers; more than one for pages that are all covers.
    public void rows(int newMost) {
        most = newMost;
        requestLayout();
    }

    /// «More» beside the heading while there are covers that are not shown: each time some rows more.
    ///
    /// @param ask called where those that are here do not fill them and there are more
    public void further(Runnable ask) {
        Hyperlink link = Buttons.link(Texts.of("show.more"), () -> {
            most += MORE_ROWS;
            requestLayout();
            if (behind && facts.size() < (long) geometry(getWidth()).columns() * most) ask.run();
        });
        link.getStyleClass().add("secondary");
        link.setAccessibleText(Texts.of("show.more") + ": " + title.getText());
        further = Optional.of(link);
        getChildren().add(link);
    }

    /// Whether there is more than the covers that [#show] was given.
    public void behind(boolean on) {
        behind = on;
        requestLayout();
    }

    public void title(String words) {
        title.setText(words);
        setAccessibleText(words);
    }

    public void show(List<TileFacts> newFacts) {
        facts = List.copyOf(newFacts);
        setVisible(!facts.isEmpty());
        setManaged(!facts.isEmpty());
        fill();
        requestLayout();
    }

    private GridGeometry geometry(double width) {
        return GridGeometry.covers(width <= 0 ? 600 : width);
    }

    private void fill() {
        GridGeometry g = geometry(getWidth());
        if (g.edge() != edge || (!facts.isEmpty() && !tiles.isEmpty()
                && tiles.getFirst().getStyleClass().contains("round") != facts.getFirst().round())) {
            getChildren().removeAll(tiles);
            tiles.clear();
            edge = g.edge();
        }
        int wanted = (int) Math.min(facts.size(), (long) g.columns() * most);
        while (tiles.size() > wanted) getChildren().remove(tiles.removeLast());
        while (tiles.size() < wanted) {
            var tile = new CoverTile(ctx, edge, facts.get(tiles.size()).round());
            tile.setFocusTraversable(true);
            tiles.add(tile);
            getChildren().add(tile);
        }
        for (int i = 0; i < wanted; i++) tiles.get(i).show(Optional.of(facts.get(i)));
    }

    @Override
    protected void layoutChildren() {
        fill();
        GridGeometry g = geometry(getWidth());
        title.resizeRelocate(0, 0, Math.min(getWidth() - 80, title.prefWidth(-1)), HEAD);
        all.ifPresent(link -> {
            link.setVisible(true);
            double w = link.prefWidth(-1);
            link.resizeRelocate(getWidth() - w, 2, w, 20);
        });
        further.ifPresent(link -> {
            link.setVisible(behind || tiles.size() < facts.size());
            double w = link.prefWidth(-1);
            link.resizeRelocate(getWidth() - w, 2, w, 20);
        });
        for (int i = 0; i < tiles.size(); i++) {
            double x = i % g.columns() * (g.edge() + g.gap());
            double y = HEAD + UNDER_HEAD + Math.floorDiv(i, g.columns()) * g.rowHeight();
            tiles.get(i).resizeRelocate(x, y, g.edge(), g.height());
        }
    }

    @Override
    public javafx.geometry.Orientation getContentBias() {
        return javafx.geometry.Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        GridGeometry g = geometry(width);
        int rows = Math.clamp(g.rows(facts.size()), 1, most);
        return HEAD + UNDER_HEAD + rows * g.rowHeight() - 14;
    }

    @Override
    protected double computePrefWidth(double height) {
        return 600;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 100;
    }
}
