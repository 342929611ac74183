package app.waxwing.parts;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.MultipleSelectionModel;

/// For lists whose rows are not chosen: grids, which have a current tile of their own, and pages made of rows.
public final class NoSelection<T> extends MultipleSelectionModel<T> {
    @Override
    public ObservableList<Integer> getSelectedIndices() {
        return FXCollections.emptyObservableList();
    }

    @Override
    public ObservableList<T> getSelectedItems() {
        return FXCollections.emptyObservableList();
    }

    @Override
    public void selectIndices(int index, int... indices) {}

    @Override
    public void selectAll() {}

    @Override
    public void clearAndSelect(int index) {}

    @Override
    public void select(int index) {}

    @Override
    public void select(T obj) {}

    @Override
    public void clearSelection(int index) {}

    @Override
    public void clearSelection() {}

    @Override
    public boolean isSelected(int index) {
        return false;
    }

    @Override
    public boolean isEmpty() {
        return true;
    }

    @Override
    public void selectPrevious() {}

    @Override
    public void selectNext() {}

    @Override
    public void selectFirst() {}

    @Override
    public void selectLast() {}
}
