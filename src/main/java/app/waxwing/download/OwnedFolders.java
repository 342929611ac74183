package app.waxwing.download;

import java.util.HashMap;
import java.util.Map;

/// Whose files the folders of one root hold: the name of a folder, and of what lies in it, tells of their music (requirement 0.13).
final class OwnedFolders {
    /// Whether all files in and below a folder are other users'; a folder without files that are ours is not in it.
    private final Map<String, Boolean> onlyOthers = new HashMap<>();

    /// @param path relative to the root, with `/`
    /// @param other another user's file, not of the one whose turn it is
    void file(String path, boolean other) {
        for (String folder = above(path); !folder.isEmpty(); folder = above(folder)) onlyOthers.merge(folder, other, Boolean::logicalAnd);
    }

    /// By the innermost folder around it that holds files of somebody, and itself where it is one; what lies beside no one's is nobody's.
    boolean theirs(String path) {
        for (String folder = path; !folder.isEmpty(); folder = above(folder)) {
            Boolean only = onlyOthers.get(folder);
            if (only != null) return only;
        }
        return false;
    }

    private static String above(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
