package app.waxwing.app;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.download.MediaFolders;
import app.waxwing.download.MediaFolders.MoveEnd;
import app.waxwing.settings.Options;
import app.waxwing.settings.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The setting `folders.media` and the folders that hold music, kept in step: no file is left behind because a path was changed.
final class MusicFolder {
    static final String KEY = "folders.media";
    private static final Logger LOG = LoggerFactory.getLogger(MusicFolder.class);
    private final Path usual;
    private final Settings settings;
    private volatile Optional<MediaFolders> folders = Optional.empty();

    /// @param usual where kept music goes when the setting says nothing
    MusicFolder(Path usual, Settings settings) {
        this.usual = usual;
        this.settings = settings;
    }

    void of(MediaFolders known) {
        folders = Optional.of(known);
    }

    Path current() {
        return settings.options().folders().media().orElse(usual);
    }

    /// From the engine: another folder counts now. On return the setting is on the disk.
    void remember(Path folder) {
        settings.set(KEY, folder.toString());
        settings.flush();
    }

    /// The setting was changed in another way than by moving: new downloads go there, nothing else happens.
    void follow(Options options) {
        Path wanted = options.folders().media().orElse(usual);
        folders.ifPresent(f -> f.use(wanted).exceptionally(e -> {
            LOG.warn("the music folder is not {}: {}", wanted, FailureException.of(e));
            return null;
        }));
    }

    /// Blocks until the music is there.
    void move(String value) {
        Path to = path(value);
        if (to.equals(current())) return;
        switch (wait(known().move(to))) {
            case MoveEnd.Done done -> LOG.info("the music was moved to {}", done.to());
            case MoveEnd.Uncleared u -> LOG.warn("the music was moved to {}; {} is not cleared yet: {}", u.to(), u.from(), u.why());
            case MoveEnd.Failed failed -> throw failed.why().asException();
            case MoveEnd.Cancelled c ->
                throw new Failure.Trouble("The move", "it was cancelled; the music is in " + c.from() + " as before")
                        .asException();
        }
    }

    /// Blocks for a moment.
    void use(String value) {
        wait(known().use(path(value)));
    }

    private MediaFolders known() {
        return folders.orElseThrow(() -> new Failure.Trouble("The music folders", "they are not open yet").asException());
    }

    private Path path(String value) {
        if (value.isBlank()) return usual;
        try {
            Path path = Path.of(value.strip());
            if (path.isAbsolute()) return path.normalize();
        } catch (InvalidPathException e) {
            LOG.debug("{} is no path", value, e);
        }
        throw new Failure.Invalid(
                "the setting " + KEY + " takes the whole path of a folder, or nothing for the usual place, not «" + value + "»")
                .asException();
    }

    private static <T> T wait(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw new FailureException(FailureException.of(e), e);
        }
    }
}
