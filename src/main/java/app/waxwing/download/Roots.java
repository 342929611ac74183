package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.SafeFiles;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The folders that hold music, each known by a marker file. A media folder that existed once is never made again in silence: on a mount point
/// without its drive that would hide the drive's files and fill another disk (B.23). The cache may vanish at any time and is made anew.
final class Roots {
    static final String OWN_FOLDER = ".waxwing";
    private static final Logger LOG = LoggerFactory.getLogger(Roots.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final Map<Root, Path> folders = new EnumMap<>(Root.class);
    private final Map<Root, Manifest> manifests = new EnumMap<>(Root.class);
    private final RandomGenerator random;
    private final Disk disk;
    private volatile long mediaId;
    private volatile long cacheId;

    Roots(Path media, Path cache, Disk disk, RandomGenerator random) {
        folders.put(Root.MEDIA, media.toAbsolutePath().normalize());
        folders.put(Root.CACHE, cache.toAbsolutePath().normalize());
        for (Root root : Root.values()) manifests.put(root, new Manifest(folder(root).resolve(OWN_FOLDER).resolve("manifest.jsonl"), disk));
        this.random = random;
        this.disk = disk;
    }

    /// Blocks on the disk. The first time ever it makes the media folder, or takes over one that has a marker already.
    ///
    /// @param known the media folder's id if it was there before
    /// @return its id, to be remembered, even if it is missing now
    long open(OptionalLong known) throws IOException {
        if (known.isPresent()) mediaId = known.getAsLong();
        else mediaId = marker(Root.MEDIA).orElseGet(() -> mark(Root.MEDIA));
        cacheId = marker(Root.CACHE).orElseGet(() -> mark(Root.CACHE));
        return mediaId;
    }

    Path folder(Root root) {
        Path folder = folders.get(root);
        if (folder == null) throw new IllegalStateException("no folder for " + root);
        return folder;
    }

    Manifest manifest(Root root) {
        Manifest manifest = manifests.get(root);
        if (manifest == null) throw new IllegalStateException("no manifest for " + root);
        return manifest;
    }

    /// Eight characters that our part files in this root carry: others' are not ours to remove.
    String tag(Root root) {
        return String.format("%016x", root == Root.MEDIA ? mediaId : cacheId).substring(0, 8);
    }

    /// The place of a stored relative path, refused when it leads out of the root (B.26).
    Path resolve(Root root, String relative) {
        Path place = folder(root).resolve(relative).normalize();
        if (!place.startsWith(folder(root)) || place.equals(folder(root))) {
            throw new FailureException(new Failure.Corrupt("The stored path " + relative));
        }
        return place;
    }

    /// Why nothing may be written there now; empty when it may. Blocks on the disk.
    Optional<Failure> trouble(Root root) {
        Optional<Long> found = marker(root);
        if (root == Root.CACHE && found.isEmpty()) {
            try {
                cacheId = mark(Root.CACHE);
            } catch (FailureException e) {
                return Optional.of(e.failure());
            }
        } else if (found.isEmpty() || (root == Root.MEDIA && found.get() != mediaId)) {
            return Optional.of(new Failure.StoreMissing(folder(root).toString()));
        }
        if (!writable(folder(root))) {
            return Optional.of(new Failure.Trouble("The folder " + folder(root), "Waxwing may not write there"));
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

    private Optional<Long> marker(Root root) {
        Path file = folder(root).resolve(OWN_FOLDER).resolve("root.json");
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) return Optional.empty();
        try {
            return Optional.of(Long.parseUnsignedLong(JSON.readTree(Files.readAllBytes(file)).path("id").asString(""), 16));
        } catch (IOException | JacksonException | NumberFormatException e) {
            LOG.warn("the marker {} cannot be read", file, e);
            return Optional.empty();
        }
    }

    private long mark(Root root) {
        long id = random.nextLong();
        Path own = folder(root).resolve(OWN_FOLDER);
        try {
            Files.createDirectories(folder(root));
            SafeFiles.createOwnerOnlyFolder(own);
            SafeFiles.writeOwnerOnly(own.resolve("root.json"),
                    (JSON.writeValueAsString(Map.of("id", String.format("%016x", id), "kind", root.word())) + "\n")
                            .getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new FailureException(new Failure.Trouble("The music folder " + folder(root), "it cannot be made or written"), e);
        }
        return id;
    }
}
