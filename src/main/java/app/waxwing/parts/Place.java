package app.waxwing.parts;

import java.util.Map;

/// Where a list stood when it was left: the index of the first row on screen, in the pages' memory under the list's name.
public final class Place {
    public static final String KEY = ".at";

    private Place() {}

    /// 0 for one that was never left.
    public static int of(Map<String, Object> memory, String name) {
        return memory.get(name + KEY) instanceof Integer at ? Math.max(0, at) : 0;
    }

    public static void keep(Map<String, Object> memory, String name, int at) {
        memory.put(name + KEY, at);
    }

    /// The list is in another order.
    public static void forget(Map<String, Object> memory, String name) {
        memory.remove(name + KEY);
    }
}
