package app.waxwing.audio;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.testing.Parts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The `system` output in a JVM of its own whose ALSA default is a private PulseAudio null sink; what its monitor recorded is looked at.
@Timeout(180)
@DisplayName("The system's sound output")
class SystemSoundTest {
    @TempDir
    Path folder;
    private Process server;
    private Process recorder;

    @BeforeEach
    void startSoundServer() throws IOException {
        Parts.require("sound", "A sound server is missing: install the Debian packages pulseaudio, pulseaudio-utils and libasound2-plugins",
                () -> Files.isExecutable(Path.of("/usr/bin/pulseaudio")) && Files.isExecutable(Path.of("/usr/bin/parec"))
                        && Files.exists(Path.of("/usr/share/alsa/alsa.conf")));
        Files.writeString(folder.resolve("asoundrc"), "pcm.!default { type pulse }\nctl.!default { type pulse }\n");
        Path socket = folder.resolve("native");
        server = start("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes",
                "--load=module-null-sink sink_name=quiet rate=44100",
                "--load=module-native-protocol-unix auth-anonymous=1 socket=" + socket);
        await("the sound server", () -> Files.exists(socket));
        recorder = start("parec", "-d", "quiet.monitor", "--format=s16le", "--rate=44100", "--channels=2",
                folder.resolve("heard.raw").toString());
    }

    private Process start(String... command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve(Path.of(command[0]).getFileName() + ".log")
                        .toFile());
        builder.environment().put("PULSE_SERVER", "unix:" + folder.resolve("native"));
        builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
        builder.environment().put("PULSE_RUNTIME_PATH", folder.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("ALSA_CONFIG_PATH", "/usr/share/alsa/alsa.conf:" + folder.resolve("asoundrc"));
        return builder.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : new Process[]{recorder, server}) {
            if (process == null) continue;
            process.destroy();
            if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly();
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("not in time: " + what);
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    void twoTracksAreHeardAsOneUnbrokenWave() throws Exception {
        Path heard = folder.resolve("heard.raw");
        await("the recorder", () -> size(heard) > 0);
        Process player = start(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"), PlayTwo.class.getName(), Rig.fixture("part1.flac").toString(),
                Rig.fixture("part2.flac")
                        .toString());
        assertThat(player.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(folder.resolve("java.log"));
        assertThat(player.exitValue()).as(said).isZero();
        assertThat(said).contains("TrackChanged").contains("Ended").doesNotContain("SinkChanged");
        long had = size(heard);
        await("the recorder has caught up", () -> size(heard) > had + 100_000);
        recorder.destroy();
        recorder.waitFor();

        List<int[]> runs = sounding(Files.readAllBytes(heard));
        assertThat(runs).as("stretches of sound, [first, last] frame").hasSize(1);
        assertThat(runs.getFirst()[1] - runs.getFirst()[0]).isBetween(132_300 - 100, 132_300 + 100);
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Stretches in which no silence is longer than 2 ms.
    private static List<int[]> sounding(byte[] raw) {
        ByteBuffer in = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        List<int[]> runs = new java.util.ArrayList<>();
        for (int i = 0; i < raw.length / 4; i++) {
            if (Math.abs(in.getShort(i * 4)) < 400 && Math.abs(in.getShort(i * 4 + 2)) < 400) continue;
            if (runs.isEmpty() || i - runs.getLast()[1] > 88) runs.add(new int[]{i, i});
            runs.getLast()[1] = i;
        }
        return runs;
    }
}
