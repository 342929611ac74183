package app.waxwing.server;

import java.util.ArrayList;
import java.util.List;

/// A server's version, compared number by number: «10.11» is newer than «10.9», and «12.0.0-rc5» counts as 12.0.0.
public record ServerVersion(List<Integer> parts) implements Comparable<ServerVersion> {
    public ServerVersion {
        parts = List.copyOf(parts);
    }

    /// The leading numbers of the text; nothing readable is version 0.
    public static ServerVersion of(String text) {
        var parts = new ArrayList<Integer>();
        for (String part : text.strip().split("\\.", 8)) {
            int digits = 0;
            while (digits < part.length() && digits < 9 && part.charAt(digits) >= '0' && part.charAt(digits) <= '9') digits++;
            if (digits == 0) break;
            parts.add(Integer.parseInt(part.substring(0, digits)));
            if (digits < part.length()) break;
        }
        return new ServerVersion(parts);
    }

    public boolean atLeast(int... other) {
        for (int i = 0; i < other.length; i++) {
            if (part(i) != other[i]) return part(i) > other[i];
        }
        return true;
    }

    @Override
    public int compareTo(ServerVersion other) {
        for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
            int order = Integer.compare(part(i), other.part(i));
            if (order != 0) return order;
        }
        return 0;
    }

    private int part(int i) {
        return i < parts.size() ? parts.get(i) : 0;
    }

    @Override
    public String toString() {
        return String.join(".", parts.stream().map(String::valueOf).toList());
    }
}
