package app.waxwing.kit;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.testing.ui.Screens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javafx.collections.FXCollections;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RowCellTest {
    @BeforeAll
    static void toolkit() {
        Screens.start();
    }

    private static final class Row extends RowCell<Integer> {
        final Label words = new Label();
        final HBox bed = new HBox(words);
        int placed;

        @Override
        protected void updateItem(Integer item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
                return;
            }
            words.setText("row " + item);
            content(bed);
        }

        /// The list does so with each of its rows when it lays itself out anew.
        @Override
        public void resize(double width, double height) {
            super.resize(width, height);
            placed++;
        }
    }

    @Test
    @DisplayName("a text that changes in a row is laid out there, over the whole row, and the list does not place its rows anew")
    void byItself() {
        List<Row> rows = new ArrayList<>();
        Stage stage = Screens.fx(() -> {
            var list = new ListView<>(FXCollections.observableArrayList(IntStream.range(0, 500).boxed().toList()));
            list.setFixedCellSize(30);
            list.setCellFactory(view -> {
                var row = new Row();
                rows.add(row);
                return row;
            });
            var shown = new Stage();
            shown.setScene(new Scene(list, 400, 300));
            shown.show();
            return shown;
        });
        Screens.settle();
        List<Row> seen = Screens.fx(() -> rows.stream().filter(r -> !r.isEmpty() && r.getScene() != null && r.isVisible()).toList());
        assertThat(seen).hasSizeGreaterThan(8);
        assertThat(Screens.fx(() -> seen.stream().filter(Row::isNeedsLayout).count())).as("rows that want to be laid out for ever")
                .isZero();
        assertThat(Screens.fx(() -> seen.stream().map(r -> r.bed.getWidth()).toList())).as("all of the row").allMatch(w -> w > 350);

        // With the first change the list learns how large its rows are.
        Screens.run(() -> seen.get(3).words.setText("another"));
        Screens.settle();
        int before = Screens.fx(() -> seen.stream().mapToInt(r -> r.placed).sum());
        for (int i = 0; i < 5; i++) {
            String words = "a longer text, number ".repeat(i) + i;
            Screens.run(() -> seen.get(3).words.setText(words));
            Screens.settle();
        }
        assertThat(Screens.fx(() -> seen.get(3).words.getWidth())).as("the text has its room").isGreaterThan(200);
        assertThat(Screens.fx(() -> seen.stream().mapToInt(r -> r.placed).sum())).as("rows that were placed anew").isEqualTo(before);

        Screens.run(() -> {
            stage.setWidth(640);
            stage.setHeight(300);
        });
        Screens.settle();
        assertThat(Screens.fx(() -> seen.stream().map(r -> r.bed.getWidth()).toList())).as("as wide as the list").allMatch(w -> w > 580);
        Screens.run(stage::close);
    }
}
