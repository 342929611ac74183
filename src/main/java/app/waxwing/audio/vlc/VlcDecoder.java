package app.waxwing.audio.vlc;

import app.waxwing.audio.Decoder;
import app.waxwing.audio.SourceInfo;
import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import com.sun.jna.Pointer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.co.caprica.vlcj.factory.MediaPlayerFactory;
import uk.co.caprica.vlcj.player.base.MediaPlayer;
import uk.co.caprica.vlcj.player.base.MediaPlayerEventAdapter;
import uk.co.caprica.vlcj.player.base.callback.AudioCallback;

/// One LibVLC player whose sound goes into a ring. LibVLC runs at its own clock and drops what it cannot hand over within 60 ms, so the ring is long
/// and the player is paused and resumed by the ring's level; the callback waits only if that should ever fail.
final class VlcDecoder implements Decoder {
    private static final int RING_SECONDS = 10;
    private static final int PAUSE_ABOVE_SECONDS = 4;
    private static final int RESUME_BELOW_SECONDS = 2;
    private static final long OPEN_SECONDS = 30;
    private final long generation;
    private final SourceInfo info;
    private final String name;
    private final VlcThread thread;
    private final MediaPlayerFactory factory;
    private final SourceMedia media;
    private final PcmRing ring;
    private final Sound sound = new Sound();
    private final Watch watch = new Watch();
    /// Of the thread `vlc` only.
    private @Nullable MediaPlayer player;
    private boolean held;

    private volatile boolean closed;
    private volatile boolean failed;
    private volatile boolean holding;
    private long position;

    VlcDecoder(long generation, ByteSource source, SourceInfo info, String name, VlcThread thread, MediaPlayerFactory factory) {
        this.generation = generation;
        this.info = info;
        this.name = name;
        this.thread = thread;
        this.factory = factory;
        media = new SourceMedia(source);
        ring = new PcmRing(RING_SECONDS * info.format().rate(), info.format().channels());
    }

    /// Returns with the first sound.
    void start() {
        thread.post(() -> {
            if (closed) return;
            MediaPlayer made = factory.mediaPlayers().newMediaPlayer();
            player = made;
            made.audio().callback("S16N", info.format().rate(), info.format().channels(), sound);
            made.events().addMediaPlayerEventListener(watch);
            made.media().play(media);
        });
        boolean answered = ring.awaitSound(OPEN_SECONDS * 1_000_000_000L);
        if (ring.received() > 0 && !closed) return;
        Optional<Failure> trouble = media.trouble();
        throw new FailureException(trouble.orElseGet(() -> new Failure.Unplayable("", answered
                ? "LibVLC finds no sound in it"
                : "LibVLC made no sound of it within " + OPEN_SECONDS + " seconds")));
    }

    @Override
    public long generation() {
        return generation;
    }

    @Override
    public SourceInfo info() {
        return info;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int read(float[] into, int frames) {
        int n = ring.take(into, frames);
        if (n > 0) {
            position += n;
            if (holding && ring.size() < RESUME_BELOW_SECONDS * info.format().rate()) hold(false);
            return n;
        }
        if (!closed) checkEnd();
        return -1;
    }

    private void checkEnd() {
        Optional<Failure> trouble = media.trouble();
        if (trouble.isPresent()) throw trouble.get().asException();
        if (failed) throw new Failure.Unplayable("", "LibVLC gave up on it").asException();
        int rate = info.format().rate();
        if (info.frames() >= 0 && position < info.frames() - rate / 5) {
            throw new Failure.Unplayable("", "the file breaks off after " + Math.round((double) position / rate) + " of "
                    + Math.round((double) info.frames() / rate) + " seconds").asException();
        }
    }

    /// By a new start at the time: LibVLC lands on a packet up to 0.3 s away from it, and ignores a seek in the last second.
    @Override
    public long seek(Duration to) {
        long target = info.format().frames(to);
        if (info.frames() >= 0) target = Math.min(target, info.frames());
        position = target;
        ring.clear();
        thread.postRisky("stop for a seek", () -> {
            MediaPlayer open = player;
            if (open == null || closed) return;
            open.controls().stop();
            failed = false;
            holding = false;
            held = false;
            ring.hear();
            open.media().play(media, ":start-time=" + to.toMillis() / 1000.0);
        });
        return target;
    }

    private void hold(boolean on) {
        holding = on;
        thread.post(() -> {
            MediaPlayer open = player;
            if (open == null || closed || held == on || holding != on) return;
            held = on;
            open.controls().setPause(on);
        });
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        media.cut();
        ring.close();
        thread.postRisky("stop", () -> {
            MediaPlayer open = player;
            player = null;
            if (open == null) return;
            open.controls().stop();
            open.release();
        });
    }

    /// On LibVLC's audio thread.
    private final class Sound implements AudioCallback {
        @Override
        public void play(MediaPlayer from, Pointer samples, int count, long pts) {
            ring.put(samples, count);
            if (!holding && ring.size() > PAUSE_ABOVE_SECONDS * info.format().rate()) hold(true);
        }

        @Override
        public void pause(MediaPlayer from, long pts) {}

        @Override
        public void resume(MediaPlayer from, long pts) {}

        @Override
        public void flush(MediaPlayer from, long pts) {}

        @Override
        public void drain(MediaPlayer from) {}

        @Override
        public void setVolume(float volume, boolean mute) {}
    }

    /// On LibVLC's event thread; calls nothing of LibVLC.
    private final class Watch extends MediaPlayerEventAdapter {
        @Override
        public void finished(MediaPlayer from) {
            ring.end();
        }

        @Override
        public void error(MediaPlayer from) {
            failed = true;
            ring.end();
        }
    }
}
