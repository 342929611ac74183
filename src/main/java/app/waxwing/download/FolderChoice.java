package app.waxwing.download;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/// Whether a folder may hold kept music beside the folders that are used already. Pure.
final class FolderChoice {
    /// On Windows a whole path has 240 characters at most (B.24); this much of them stays for the folder.
    static final int LONGEST_ON_WINDOWS = 240 - 1 - SafeNames.LONGEST;

    private FolderChoice() {}

    /// @param used folders that hold music now, the cache among them
    /// @return a sentence on why it may not; empty when it may
    static Optional<String> complaint(Path folder, Collection<Path> used, boolean windows) {
        if (folder.getNameCount() == 0) return Optional.of("A whole drive cannot be the music folder; choose a folder on it");
        if (windows && folder.toString().length() > LONGEST_ON_WINDOWS) {
            return Optional
                    .of("The path " + folder + " is too long: with the names of artists, albums and tracks Windows would not open the "
                            + "files; at most " + LONGEST_ON_WINDOWS + " characters are possible");
        }
        for (Path other : used) {
            if (other.equals(folder)) return Optional.of(folder + " is in use for music already");
            if (folder.startsWith(other)) return Optional.of(folder + " lies inside " + other + ", which holds music already");
            if (other.startsWith(folder)) return Optional.of(other + ", which holds music already, lies inside " + folder);
        }
        return Optional.empty();
    }
}
