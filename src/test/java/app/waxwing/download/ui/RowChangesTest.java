package app.waxwing.download.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RowChangesTest {
    @Test
    @DisplayName("one changed row is one taken out and one put in; nothing changed is no change")
    void one() {
        ObservableList<Object> shown = FXCollections.observableArrayList(rows(6));
        List<String> changes = changes(shown);
        List<Object> wanted = new ArrayList<>(shown);
        wanted.remove(1);
        wanted.add("new");
        RowChanges.lay(shown, wanted);
        RowChanges.lay(shown, List.copyOf(wanted));
        assertThat(shown).isEqualTo(wanted);
        assertThat(changes).containsExactly("-1 +0", "-0 +1");
    }

    @Test
    @DisplayName("whatever changes, the list ends as wanted (seeded)")
    void seeded() {
        for (long seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            ObservableList<Object> shown = FXCollections.observableArrayList(rows(random.nextInt(120)));
            for (int round = 0; round < 5; round++) {
                List<Object> wanted = new ArrayList<>(shown);
                int kind = random.nextInt(4);
                if (kind == 0) Collections.shuffle(wanted, random);
                int edits = kind == 1 ? 100 : 4;
                for (int i = 0; i < random.nextInt(edits); i++) {
                    if (!wanted.isEmpty() && random.nextBoolean()) wanted.remove(random.nextInt(wanted.size()));
                    else wanted.add(random.nextInt(wanted.size() + 1), "new " + round + "." + i);
                }
                if (kind == 2 && !wanted.isEmpty()) wanted.add(wanted.removeFirst());
                RowChanges.lay(shown, wanted);
                assertThat(shown).as("seed %d", seed).isEqualTo(wanted);
            }
        }
    }

    private static List<Object> rows(int count) {
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) rows.add("row " + i);
        return rows;
    }

    private static List<String> changes(ObservableList<Object> shown) {
        List<String> changes = new ArrayList<>();
        shown.addListener((ListChangeListener<Object>) c -> {
            while (c.next()) changes.add("-" + c.getRemovedSize() + " +" + c.getAddedSize());
        });
        return changes;
    }
}
