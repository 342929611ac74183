package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.SafeFiles;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Where the folders are that hold music, each known by a marker file. A media folder that existed once is never made again in silence: on a mount
/// point without its drive that would hide the drive's files and fill another disk (B.23). The cache may vanish at any time and is made anew.
/// Any thread may ask; what is known changes on thread `files` and by a move.
final class Roots {
    static final String OWN_FOLDER = ".waxwing";
    private static final Logger LOG = LoggerFactory.getLogger(Roots.class);
    /// The id in a marker, found without a reader for JSON: making one is a fifth of what a start waits for.
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"(\\p{XDigit}{1,16})\"");
    private final Disk disk;
    private final Folders folders;
    private final RandomGenerator random;
    private volatile Map<Root, Place> places;
    private volatile Optional<Root> standard = Optional.empty();

    /// One root on the disk.
    private record Place(Path folder, OptionalLong marker, Manifest manifest) {}

    Roots(Path cache, Disk disk, RandomGenerator random) {
        this.disk = disk;
        folders = new Folders(disk);
        this.random = random;
        places = Map.of(Root.CACHE, place(cache.toAbsolutePath().normalize(), OptionalLong.empty()));
    }

    /// Takes over what is recorded of the media folders.
    synchronized void know(List<FolderRows.Row> rows) {
        Map<Root, Place> now = new LinkedHashMap<>();
        Map<Root, Place> before = places;
        Place cache = before.get(Root.CACHE);
        if (cache == null) throw new IllegalStateException("no cache");
        now.put(Root.CACHE, cache);
        for (FolderRows.Row row : rows) {
            if (row.path().isEmpty()) continue;
            Place known = before.get(row.root());
            // One manifest object for each file: it is what keeps its lines apart.
            now.put(row.root(), known != null && known.folder().equals(row.path().get())
                    ? new Place(known.folder(), row.marker(), known.manifest())
                    : place(row.path().get(), row.marker()));
            if (row.isDefault()) standard = Optional.of(row.root());
        }
        places = now;
    }

    /// Where new downloads go.
    Root standard() {
        return standard.orElseThrow(() -> new Failure.StoreMissing("the music folder").asException());
    }

    /// The cache and every media folder.
    List<Root> all() {
        return new ArrayList<>(places.keySet());
    }

    /// What lies between a root and a file.
    Folders folders() {
        return folders;
    }

    Path folder(Root root) {
        return of(root).folder();
    }

    Manifest manifest(Root root) {
        return of(root).manifest();
    }

    /// Eight characters that our part files in this root carry: others' are not ours to remove.
    String tag(Root root) {
        OptionalLong marker = of(root).marker();
        return String.format("%016x", marker.isPresent() ? marker.getAsLong() : 0).substring(0, 8);
    }

    /// Whether files of the one take from the space of the other; so where nobody can say. May touch the disk.
    boolean sameVolume(Root root, Root other) {
        if (root.equals(other)) return true;
        try {
            return disk.sameVolume(folder(root), folder(other));
        } catch (IOException | FailureException e) {
            LOG.debug("{} and {}: which volume they are on is not known", root, other, e);
            return true;
        }
    }

    /// The place of a stored relative path, refused when it leads out of the root (B.26).
    Path resolve(Root root, String relative) {
        Path folder = folder(root);
        Path place = folder.resolve(relative).normalize();
        if (!place.startsWith(folder) || place.equals(folder)) {
            throw new FailureException(new Failure.Corrupt("The stored path " + relative));
        }
        return place;
    }

    /// How a place in a root is stored.
    String relative(Root root, Path place) {
        return folder(root).relativize(place).toString().replace('\\', '/');
    }

    /// Whether the folder is there, and not only the place where its drive would be. Blocks on the disk.
    boolean missing(Root root) {
        Place place = of(root);
        return !root.isCache() && (place.marker().isEmpty() || !isThere(place.folder(), place.marker().getAsLong()));
    }

    /// Why nothing may be written there now; empty when it may. Blocks on the disk.
    Optional<Failure> trouble(Root root) {
        Path folder;
        try {
            folder = folder(root);
            if (root.isCache()) openCache();
            else if (missing(root)) return Optional.of(new Failure.StoreMissing(folder.toString()));
        } catch (FailureException e) {
            return Optional.of(e.failure());
        }
        if (!writable(folder)) {
            return Optional.of(new Failure.NotWritable(folder.toString()));
        }
        return Optional.empty();
    }

    /// Tried, not asked: what a file's mode says is not all that decides (B.22).
    private synchronized boolean writable(Path folder) {
        Path probe = folder.resolve(OWN_FOLDER).resolve("probe");
        try {
            disk.open(probe).close();
            disk.delete(probe);
            return true;
        } catch (IOException e) {
            LOG.info("{} cannot be written: {}", folder, e.toString());
            return false;
        }
    }

    /// Makes the cache folder where it is not there.
    synchronized void openCache() {
        Place cache = of(Root.CACHE);
        OptionalLong found = marker(cache.folder());
        if (found.isPresent() && found.equals(cache.marker())) return;
        OptionalLong now = OptionalLong.of(found.isPresent() ? found.getAsLong() : mark(cache.folder(), Root.CACHE.kind()));
        Map<Root, Place> next = new LinkedHashMap<>(places);
        next.put(Root.CACHE, new Place(cache.folder(), now, cache.manifest()));
        places = next;
    }

    /// The id of a folder that is marked as ours; makes the folder, or takes over one that has a marker already.
    long opened(Path folder) {
        OptionalLong found = marker(folder);
        return found.isPresent() ? found.getAsLong() : mark(folder, "media");
    }

    /// True when this folder carries this marker.
    static boolean isThere(Path folder, long marker) {
        return marker(folder).equals(OptionalLong.of(marker));
    }

    static OptionalLong marker(Path folder) {
        Path file = folder.resolve(OWN_FOLDER).resolve("root.json");
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) return OptionalLong.empty();
        try {
            Matcher found = ID.matcher(Files.readString(file));
            if (!found.find()) throw new IOException("it names no id");
            return OptionalLong.of(Long.parseUnsignedLong(found.group(1), 16));
        } catch (IOException e) {
            LOG.warn("the marker {} cannot be read", file, e);
            return OptionalLong.empty();
        }
    }

    /// Takes our own marks away from a folder that is no media folder any more; what else lies there stays.
    void unmark(Path folder) {
        Path own = folder.resolve(OWN_FOLDER);
        try {
            disk.delete(own.resolve("manifest.jsonl"));
            disk.delete(own.resolve(KeptFiles.NAME));
            disk.delete(own.resolve("root.json"));
            Files.deleteIfExists(own.resolve(LeftOverParts.MARK));
            Files.deleteIfExists(own);
        } catch (IOException e) {
            LOG.info("{} stays: {}", own, e.toString());
        }
    }

    /// Whether the folder is one of ours still.
    boolean knows(Root root) {
        return places.containsKey(root);
    }

    private Place of(Root root) {
        Place place = places.get(root);
        if (place == null) throw new Failure.StoreMissing("a music folder that is not known any more").asException();
        return place;
    }

    private Place place(Path folder, OptionalLong marker) {
        return new Place(folder, marker, new Manifest(folder.resolve(OWN_FOLDER).resolve("manifest.jsonl"), disk));
    }

    private long fresh() {
        long id = random.nextLong();
        while (places.values().stream().map(Place::marker).anyMatch(OptionalLong.of(id)::equals)) id = random.nextLong();
        return id;
    }

    private long mark(Path folder, String kind) {
        long id = fresh();
        Path own = folder.resolve(OWN_FOLDER);
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("id", String.format("%016x", id));
            json.writeStringProperty("kind", kind);
            json.writeEndObject();
        }
        try {
            Files.createDirectories(folder);
            SafeFiles.createOwnerOnlyFolder(own);
            SafeFiles.writeOwnerOnly(own.resolve("root.json"), (text + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new FailureException(new Failure.Trouble("The music folder " + folder, "it cannot be made or written"), e);
        }
        return id;
    }
}
