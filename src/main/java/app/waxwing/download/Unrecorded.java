package app.waxwing.download;

import app.waxwing.download.FileRows.FileRow;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// What lies in the folders and no row knows, one folder or one file a step. Adopts what the manifest, or a finished download's own row, proves, and
/// removes the parts that we left. Thread `files`.
final class Unrecorded {
    private final Roots roots;
    private final FileRows files;
    private final Housekeeping house;
    private final boolean repair;
    private final Map<Root, Set<String>> known;
    private final Map<Root, Set<String>> named;
    private final Set<Root> away;
    private final Renamed renamed;
    private final OtherUsers others;
    private final Function<Root, ToIntFunction<Map<String, Manifest.Line>>> told;
    private int untold;
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> repaired = new ArrayList<>();
    private final List<String> trouble = new ArrayList<>();
    private final Set<String> hidden = new HashSet<>();
    private final Map<Root, OwnedFolders> owned = new HashMap<>();

    /// @param known files that rows name, by their roots; what is adopted is added
    /// @param named part files that rows name, and files that are to be removed
    /// @param away roots that are not there; nothing is said of what they hold; what went meanwhile is added
    /// @param renamed finds files again that somebody gave another name
    /// @param others whose files are not named, nor what lies in folders that only theirs are in
    /// @param rows all of `media_file`
    /// @param told of how many files of a root its manifest does not say what it should
    Unrecorded(Roots roots, FileRows files, Housekeeping house, boolean repair, Map<Root, Set<String>> known, Map<Root, Set<String>> named,
            Set<Root> away, Renamed renamed, OtherUsers others, List<FileRow> rows,
            Function<Root, ToIntFunction<Map<String, Manifest.Line>>> told) {
        this.told = told;
        this.roots = roots;
        this.files = files;
        this.house = house;
        this.repair = repair;
        this.known = known;
        this.named = named;
        this.away = away;
        this.renamed = renamed;
        this.others = others;
        for (FileRow row : rows) owned(row.root()).file(row.path(), others.own(row.key()));
        for (Root root : roots.all()) steps.add(() -> open(root));
    }

    /// @return false when everything is looked at
    boolean step() {
        Runnable next = steps.poll();
        if (next == null) return false;
        next.run();
        return true;
    }

    /// Relative paths of what is not ours, or not proved to be.
    List<String> unknown() {
        return unknown;
    }

    List<String> repaired() {
        return repaired;
    }

    /// Relative paths of other users' files that are not in order, or were mended.
    Set<String> hidden() {
        return hidden;
    }

    /// How many files are not in the manifests as they should be.
    int untold() {
        return untold;
    }

    /// What could not be looked at.
    List<String> trouble() {
        return trouble;
    }

    private void open(Root root) {
        // What cannot be written can be looked at; only a folder that is not there says nothing.
        if (roots.missing(root)) away.add(root);
        if (away.contains(root)) return;
        Map<String, Manifest.Line> lines = lines(root);
        lines.forEach((path, line) -> owned(root).file(path, others.own(line)));
        var at = new Place(root, lines, new ArrayList<>(), new ArrayList<>());
        steps.push(() -> ended(at));
        Path folder = roots.folder(root);
        steps.push(() -> look(at, folder));
    }

    /// What is found in one root.
    ///
    /// @param parts that carry our mark
    /// @param others that nothing proves to be ours
    private record Place(Root root, Map<String, Manifest.Line> lines, List<String> parts, List<String> others) {}

    /// What is in a folder comes before what was to come next.
    private void look(Place at, Path folder) {
        Root root = at.root();
        try {
            for (Disk.Found found : house.list(folder)) {
                String path = roots.relative(root, found.path());
                if (found.folder()) {
                    if (!path.equals(Roots.OWN_FOLDER)) steps.push(() -> look(at, found.path()));
                } else if (!known.getOrDefault(root, Set.of()).contains(path) && !named.getOrDefault(root, Set.of()).contains(path)) {
                    if (house.parts().ours(root, path)) at.parts().add(path);
                    else steps.push(() -> unknown(at, path));
                }
            }
        } catch (IOException e) {
            // One that went since its parent was read holds nothing.
            if (e instanceof NoSuchFileException) return;
            String path = roots.relative(root, folder);
            if (owned(root).theirs(path)) hidden.add(path);
            else trouble.add(path + ": " + e.getMessage());
        }
    }

    private void unknown(Place at, String path) {
        Manifest.Line line = at.lines().get(path);
        boolean theirs = theirs(at, path);
        try {
            if (repair && line != null && house.adopt(at.root(), line, false)) {
                if (theirs) hidden.add(path);
                else repaired.add(path + ": known again");
                known.computeIfAbsent(at.root(), r -> new HashSet<>()).add(path);
                return;
            }
            Optional<Renamed.Name> name = repair ? renamed.back(at.root(), path, at.lines().values()) : Optional.empty();
            if (name.isPresent()) {
                if (name.get().hidden()) hidden.add(name.get().path());
                else repaired.add(path + ": known again as " + name.get().path());
                known.computeIfAbsent(at.root(), r -> new HashSet<>()).add(name.get().path());
                return;
            }
        } catch (IOException | CompletionException e) {
            if (theirs) hidden.add(path);
            else trouble.add(path + " (" + e.getMessage() + ")");
        }
        at.others().add(path);
    }

    /// Downloads went on meanwhile: the rows are asked once more.
    private void ended(Place at) {
        List<String> left = new ArrayList<>(house.parts().unnamed(at.root(), at.parts()));
        if (repair) {
            for (String path : house.parts().remove(at.root(), left)) {
                left.remove(path);
                if (theirs(at, path)) hidden.add(path);
                else repaired.add(path + ": left-over part removed");
            }
        }
        Set<String> now = files.paths(at.root()).join();
        at.others().stream().filter(path -> !now.contains(path) && house.exists(at.root(), path))
                .forEach(path -> (theirs(at, path) ? hidden : unknown).add(path));
        left.forEach(path -> (theirs(at, path) ? hidden : unknown).add(path));
    }

    private boolean theirs(Place at, String path) {
        Manifest.Line line = at.lines().get(path);
        return line != null && others.own(line) || owned(at.root()).theirs(path);
    }

    private OwnedFolders owned(Root root) {
        return owned.computeIfAbsent(root, r -> new OwnedFolders());
    }

    private Map<String, Manifest.Line> lines(Root root) {
        Map<String, Manifest.Line> lines = new HashMap<>();
        try {
            for (Manifest.Line line : files.wholeBefore(root).join()) lines.put(line.path(), line);
            // Before what is said: a file that arrives between is said first and recorded then.
            ToIntFunction<Map<String, Manifest.Line>> untold = told.apply(root);
            Map<String, Manifest.Line> said = roots.manifest(root).read();
            lines.putAll(said);
            this.untold += untold.applyAsInt(said);
        } catch (IOException e) {
            trouble.add("manifest (" + e.getMessage() + ")");
        }
        return lines;
    }
}
