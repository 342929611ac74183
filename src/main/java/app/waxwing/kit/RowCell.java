package app.waxwing.kit;

import javafx.scene.control.ListCell;
import javafx.scene.layout.Region;

/// A cell that one region fills, for lists whose rows are all equally high. What changes in it is laid out by itself. In a plain cell a text that changes asks
/// the list for layout, and the list then puts all its cells aside, styles and places them anew; and a plain cell keeps asking for ever, since its skin gives
/// the graphic its size in the middle of the cell's own layout and takes that for a change (`LabeledSkinBase`, JavaFX 26). FX thread.
public abstract class RowCell<T> extends ListCell<T> {
    private final Island island = new Island();

    protected RowCell() {
        setText(null);
    }

    /// Shows this and nothing else; [#setGraphic] of null shows nothing.
    protected final void content(Region content) {
        island.hold(content);
        setGraphic(island);
    }

    /// The content has its size before the skin lays the cell out, so that it does not change then.
    @Override
    public void resize(double width, double height) {
        super.resize(width, height);
        island.resize(Math.max(0, width - snappedLeftInset() - snappedRightInset()),
                Math.max(0, height - snappedTopInset() - snappedBottomInset()));
    }

    /// Its content is not managed: what asks for layout in there is asked no further.
    private static final class Island extends Region {
        void hold(Region content) {
            if (getChildren().size() == 1 && getChildren().getFirst() == content) return;
            content.setManaged(false);
            getChildren().setAll(content);
        }

        @Override
        protected void layoutChildren() {
            if (getChildren().getFirst() instanceof Region content) content.resizeRelocate(0, 0, getWidth(), getHeight());
        }
    }
}
