package app.waxwing.settings;

import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import app.waxwing.base.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The options and their file. Reading them answers at once on any thread; changes are checked, told to listeners on the caller's thread, and
/// written a second later. Keys of the file that this version does not know are kept, and so are values it does not understand, until the user
/// sets that key.
public final class Settings implements AutoCloseable {
    private static final Duration DEBOUNCE = Duration.ofSeconds(1);
    private final SettingsFile file;
    private final Time time;
    private final Executor io;
    private final Events<Options> changes = new Events<>();
    private final List<String> troubles = new ArrayList<>();
    private ObjectNode tree;
    private Map<String, Object> values;
    private volatile Options options;
    private boolean dirty;

    private Settings(SettingsFile file, ObjectNode tree, Time time, Executor io) {
        this.file = file;
        this.tree = tree;
        this.time = time;
        this.io = io;
        var reading = new Reading(Optional.of(tree));
        options = Options.read(reading);
        values = reading.values();
        reading.complaints().values().forEach(c -> troubles.add("In the settings, " + c + "; the usual value is used."));
    }

    /// Reads the file. A damaged one is set aside beside itself, never deleted, and the defaults serve; [#troubles] says so.
    ///
    /// @param io where the file is written
    public static Settings open(Path path, Time time, Executor io) {
        var file = new SettingsFile(path, time);
        var read = file.read();
        var settings = new Settings(file, read.tree(), time, io);
        settings.troubles.addAll(read.troubles());
        return settings;
    }

    public Options options() {
        return options;
    }

    /// The new options, after each change that made a difference.
    public Events<Options> changes() {
        return changes;
    }

    /// Sentences about what was wrong with the file; empty when nothing was.
    public synchronized List<String> troubles() {
        return List.copyOf(troubles);
    }

    /// Every key with its value: a boolean, a number or a text.
    public synchronized Map<String, Object> all() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// Every key with its value, as a JSON object.
    public String json() {
        return SettingsFile.json(all());
    }

    /// @throws app.waxwing.base.FailureException with [Failure.NotFound] when there is no such key
    public synchronized Object get(String key) {
        Object value = values.get(key);
        if (value == null) throw unknown(key);
        return value;
    }

    /// Changes one option. Setting a folder looks at the disk: not on the FX thread.
    ///
    /// @throws app.waxwing.base.FailureException when the key is unknown or the value makes no sense, with a sentence that says what would
    public synchronized void set(String key, String value) {
        set(Map.of(key, value));
    }

    /// Changes several at once, or none of them when one makes no sense.
    public synchronized void set(Map<String, String> changed) {
        ObjectNode candidate = tree.deepCopy();
        for (var change : changed.entrySet()) {
            if (!values.containsKey(change.getKey())) throw unknown(change.getKey());
            put(candidate, change.getKey(), change.getValue());
        }
        var reading = new Reading(Optional.of(candidate));
        Options read = Options.read(reading);
        for (String key : changed.keySet()) {
            String complaint = reading.complaints().get(key);
            if (complaint != null) throw new Failure.Invalid("the setting " + complaint).asException();
            if (key.startsWith("folders.") && !changed.getOrDefault(key, "").isBlank())
                checkFolder(key, Path.of(changed.getOrDefault(key, "")));
        }
        for (String key : changed.keySet()) {
            put(candidate, key, reading.values().get(key));
            troubles.removeIf(t -> t.contains(" " + key + " "));
        }
        tree = candidate;
        values = reading.values();
        saveSoon();
        if (read.equals(options)) return;
        options = read;
        changes.publish(read);
    }

    /// Writes now what waits to be written.
    public void flush() {
        ObjectNode now;
        synchronized (this) {
            if (!dirty) return;
            dirty = false;
            now = tree.deepCopy();
        }
        Optional<String> trouble = file.write(now);
        synchronized (this) {
            trouble.filter(t -> !troubles.contains(t)).ifPresent(troubles::add);
        }
    }

    @Override
    public void close() {
        flush();
    }

    private void saveSoon() {
        if (dirty) return;
        dirty = true;
        var _ = time.after(DEBOUNCE, () -> io.execute(this::flush));
    }

    private static void put(ObjectNode tree, String key, @org.jspecify.annotations.Nullable Object value) {
        ObjectNode at = tree;
        String[] parts = key.split("\\.");
        for (int i = 0; i < parts.length - 1; i++) {
            at = at.get(parts[i]) instanceof ObjectNode inner ? inner : at.putObject(parts[i]);
        }
        at.set(parts[parts.length - 1], switch (value) {
            case Boolean b -> JsonNodeFactory.instance.booleanNode(b);
            case Integer n -> JsonNodeFactory.instance.numberNode(n);
            case Long n -> JsonNodeFactory.instance.numberNode(n);
            case null, default -> JsonNodeFactory.instance.stringNode(String.valueOf(value));
        });
    }

    /// Requirements 0.22 and 4.3: a folder that cannot serve is refused with the reason.
    private static void checkFolder(String key, Path folder) {
        Path there = folder;
        while (there != null && !Files.exists(there)) there = there.getParent();
        String why = there == null
                ? "its drive is not there"
                : !Files.isDirectory(there)
                        ? there + " is a file, not a folder"
                        : !Files.isWritable(there) ? "you may not write in " + there : "";
        if (!why.isEmpty()) throw new Failure.Invalid("the setting " + key + " cannot be " + folder + ": " + why).asException();
    }

    private static RuntimeException unknown(String key) {
        return new Failure.NotFound("setting «" + key + "»; «settings» lists them all").asException();
    }
}
