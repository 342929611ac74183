package app.waxwing.playback;

import app.waxwing.audio.Decoder;
import app.waxwing.audio.DecoderBackend;
import app.waxwing.audio.Decoders;
import app.waxwing.audio.MixingEngine;
import app.waxwing.audio.Sink;
import app.waxwing.audio.SourceInfo;
import app.waxwing.audio.ffmpeg.FfmpegBackend;
import app.waxwing.base.ByteSource;
import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import app.waxwing.base.FileByteSource;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Mailbox;
import app.waxwing.base.SystemTime;
import app.waxwing.library.Library;
import app.waxwing.library.Located;
import app.waxwing.library.MediaLocator;
import app.waxwing.library.Track;
import app.waxwing.outbox.Outbox;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.EmptyDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A whole player over a temporary folder: real database, real mixer and embedded decoder, one sink; locator, library, outbox and servers are fakes
/// whose answers a test sets.
final class Studio implements AutoCloseable {
    static final int RATE = 44_100;
    final Path folder;
    final SystemTime time = new SystemTime();
    final Mailbox mailbox = Mailbox.start("player");
    final Map<ItemKey, Track> library = new LinkedHashMap<>();
    final Map<ItemKey, Located> places = new java.util.concurrent.ConcurrentHashMap<>();
    final List<ItemKey> located = new CopyOnWriteArrayList<>();
    final List<ItemKey> outbox = new CopyOnWriteArrayList<>();
    final List<String> told = new CopyOnWriteArrayList<>();
    final List<PlayerState> states = new CopyOnWriteArrayList<>();
    final AtomicInteger opened = new AtomicInteger();
    final Events<Library.Change> libraryChanges = new Events<>();
    volatile boolean online = true;
    volatile PlaybackOptions options = PlaybackOptions.DEFAULT;
    final Database database;
    final Decoders decoders = new Decoders(new NoVlc(), new FfmpegBackend(), Decoders.Choice.FFMPEG);
    final MixingEngine audio;
    final PlayReports reports;
    final PlayerEngine player;

    Studio(Path folder, Sink sink) {
        this(folder, List.of(sink), List.of());
    }

    Studio(Path folder, List<Sink> sinks, List<Track> tracks) {
        this.folder = folder;
        tracks.forEach(t -> library.put(t.key(), t));
        database = EmptyDatabase.open(folder.resolve("waxwing.db"), time);
        database.write(Durability.SOON, Lane.USER, sql -> sql.execute(
                "INSERT OR IGNORE INTO account (id, server_id, user_id, kind, server_name, user_name, url, device_id, signed_in_at)"
                        + " VALUES (1, 's', 'u', 'jellyfin', 'S', 'U', 'http://localhost', 'd', 0)"))
                .join();
        audio = new MixingEngine(decoders, sinks, time, mailbox);
        reports = new PlayReports(new Servers(), outbox());
        player = new PlayerEngine(mailbox, time, database, libraryFake(), locator(), audio, reports, () -> options, new Random(1));
        player.changes().subscribe(states::add);
        player.settled().join();
    }

    /// A stereo file of seeded noise, known to library and locator.
    Track noise(String id, int frames) {
        Path file = wav(folder.resolve(id + ".wav"), frames, id.hashCode());
        return known(id, frames, new Located.LocalFile(file, true));
    }

    Track known(String id, int frames, Located place) {
        Track track = Tracks.track(id, Optional.of(Duration.ofNanos(frames * 1_000_000_000L / RATE)));
        library.put(track.key(), track);
        places.put(track.key(), place);
        return track;
    }

    static Path wav(Path file, int frames, long seed) {
        ByteBuffer out = ByteBuffer.allocate(44 + frames * 4).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x46464952).putInt(36 + frames * 4).putInt(0x45564157).putInt(0x20746d66).putInt(16).putShort((short) 1)
                .putShort((short) 2);
        out.putInt(RATE).putInt(RATE * 4).putShort((short) 4).putShort((short) 16).putInt(0x61746164).putInt(frames * 4);
        var random = new Random(seed);
        for (int i = 0; i < frames * 2; i++) out.putShort((short) (random.nextInt(20_000) - 10_000));
        try {
            return Files.write(file, out.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The sound bytes of a WAVE file as this class and the wav sink write it.
    static byte[] sound(Path file) {
        try {
            byte[] all = Files.readAllBytes(file);
            ByteBuffer in = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = 12; at + 8 <= all.length; at += 8 + in.getInt(at + 4)) {
                if (in.getInt(at) == 0x61746164) return Arrays.copyOfRange(all, at + 8, Math.min(all.length, at + 8 + in.getInt(at + 4)));
            }
            throw new AssertionError("no sound in " + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] sound(Track... tracks) {
        var out = new java.io.ByteArrayOutputStream();
        for (Track track : tracks) out.writeBytes(sound(folder.resolve(track.key().id() + ".wav")));
        return out.toByteArray();
    }

    void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("not within 60 s: " + what + "; now " + brief(player.state()));
            LockSupport.parkNanos(1_000_000);
        }
    }

    void awaitPhase(PlayerState.Phase phase) {
        await(phase.name(), () -> player.state().phase() == phase);
    }

    /// Everything asked for is carried out and everything played has come to its end.
    void awaitEnd() {
        player.settled().join();
        awaitPhase(PlayerState.Phase.IDLE);
    }

    static String brief(PlayerState s) {
        return s.phase() + " " + s.index() + "/" + s.queue().size() + " " + s.failure();
    }

    @Override
    public void close() {
        player.close();
        reports.close();
        audio.close();
        decoders.close();
        mailbox.close();
        database.close();
        time.close();
    }

    /// As a kill would: nothing is saved any more.
    void kill() {
        audio.close();
        decoders.close();
        database.close();
        time.close();
    }

    private MediaLocator locator() {
        return key -> {
            located.add(key);
            return CompletableFuture.completedFuture(
                    Objects.requireNonNullElse(places.get(key), new Located.Nowhere(new Failure.Offline("Home"))));
        };
    }

    private Library libraryFake() {
        return (Library) Proxy.newProxyInstance(Library.class.getClassLoader(), new Class<?>[]{Library.class}, (proxy, method, args) -> {
            if (method.getName().equals("changes")) return libraryChanges;
            if (method.getName().equals("tracks") && args[0] instanceof List<?> keys) {
                return CompletableFuture.completedFuture(keys.stream().map(library::get).filter(Objects::nonNull).toList());
            }
            throw new UnsupportedOperationException(method.toString());
        });
    }

    private Outbox outbox() {
        return (Outbox) Proxy.newProxyInstance(Outbox.class.getClassLoader(), new Class<?>[]{Outbox.class}, (proxy, method, args) -> {
            if (!method.getName().equals("played")) throw new UnsupportedOperationException(method.toString());
            outbox.add((ItemKey) args[0]);
            if (!((Instant) args[1]).isAfter(Instant.EPOCH)) throw new AssertionError("no time");
            return CompletableFuture.completedFuture(null);
        });
    }

    private final class Servers implements PlayReports.Servers {
        @Override
        public boolean online(long account) {
            return online;
        }

        @Override
        public void started(PlayReports.Report r) {
            told.add("started " + r.track().id());
        }

        @Override
        public void progress(PlayReports.Report r) {
            told.add((r.paused() ? "paused " : "progress ") + r.track().id());
        }

        @Override
        public void stopped(PlayReports.Report r) {
            told.add("stopped " + r.track().id() + " " + r.position().toMillis());
        }
    }

    private static final class NoVlc implements DecoderBackend {
        @Override
        public String id() {
            return "vlc";
        }

        @Override
        public String name() {
            return "none";
        }

        @Override
        public Optional<Failure> missing() {
            return Optional.of(new Failure.MissingPart("LibVLC", "this test goes without"));
        }

        @Override
        public Decoder open(long generation, ByteSource source, Optional<SourceInfo> hint) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    /// A stream that counts how often it was opened.
    Located remote(Path file) {
        try {
            opened.incrementAndGet();
            return new Located.Remote(new FileByteSource(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
