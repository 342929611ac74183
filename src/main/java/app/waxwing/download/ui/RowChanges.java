package app.waxwing.download.ui;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import javafx.collections.ObservableList;

/// Brings a shown list to what is wanted with as few changes as it takes, so that selection and scroll position stay and thousands of rows that did
/// not change cost nothing. A row that changed is another object.
final class RowChanges {
    private static final int FEW = 64;

    private RowChanges() {}

    static <T> void lay(ObservableList<T> shown, List<T> wanted) {
        // What is the very same at both ends is passed over without hashing: with thousands of rows that alone took a frame.
        int least = Math.min(shown.size(), wanted.size());
        int head = 0;
        while (head < least && shown.get(head) == wanted.get(head)) head++;
        int tail = 0;
        while (tail < least - head && shown.get(shown.size() - 1 - tail) == wanted.get(wanted.size() - 1 - tail)) tail++;
        int end = shown.size() - tail;
        List<T> middle = wanted.subList(head, wanted.size() - tail);
        if (head == end) {
            if (!middle.isEmpty()) shown.addAll(head, new ArrayList<>(middle));
        } else if (middle.isEmpty()) {
            shown.remove(head, end);
        } else {
            few(shown, head, end, wanted, middle);
        }
    }

    /// Rows that go or come are taken out and put in one by one where they are few and the others keep their order.
    private static <T> void few(ObservableList<T> shown, int head, int end, List<T> wanted, List<T> middle) {
        Set<T> keep = Collections.newSetFromMap(new IdentityHashMap<>(middle.size() * 2));
        keep.addAll(middle);
        List<Integer> gone = new ArrayList<>();
        int at = 0;
        boolean inOrder = true;
        for (int i = head; i < end && gone.size() <= FEW && inOrder; i++) {
            T row = shown.get(i);
            if (!keep.contains(row)) {
                gone.add(i);
                continue;
            }
            while (at < middle.size() && middle.get(at) != row) at++;
            inOrder = at++ < middle.size();
        }
        int come = wanted.size() - (shown.size() - gone.size());
        if (!inOrder || gone.size() + come > FEW) {
            between(shown, wanted);
            return;
        }
        for (int i = gone.size() - 1; i >= 0; i--) shown.remove(gone.get(i).intValue());
        for (int i = head; come > 0; i++) {
            if (i < shown.size() && shown.get(i) == wanted.get(i)) continue;
            shown.add(i, wanted.get(i));
            come--;
        }
    }

    /// All between what is equal at both ends at once.
    private static <T> void between(ObservableList<T> shown, List<T> wanted) {
        int head = 0;
        int least = Math.min(shown.size(), wanted.size());
        while (head < least && same(shown.get(head), wanted.get(head))) head++;
        int tail = 0;
        while (tail < least - head && same(shown.get(shown.size() - 1 - tail), wanted.get(wanted.size() - 1 - tail))) tail++;
        if (head + tail == shown.size() && shown.size() == wanted.size()) return;
        List<T> middle = new ArrayList<>(wanted.subList(head, wanted.size() - tail));
        if (head == 0 && tail == 0) {
            shown.setAll(middle);
            return;
        }
        shown.remove(head, shown.size() - tail);
        shown.addAll(head, middle);
    }

    /// Nearly all are the very same object, and comparing thousands of records field by field takes a frame.
    private static boolean same(Object a, Object b) {
        return a == b || a.equals(b);
    }
}
