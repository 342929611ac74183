package app.waxwing.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// A display of our own (Xvfb on a free number) whose pixels are a mapped file, so that looking at them costs the program under test nothing.
final class Screen implements AutoCloseable {
    private static final int WIDTH = 1600;
    private static final int HEIGHT = 1000;
    /// Every so many pixels one is looked at.
    private static final int GRID = 8;
    private final Process server;
    private final String display;
    private final MappedByteBuffer picture;
    private final int pixels;
    private final int line;

    /// @param folder for the picture
    Screen(Path folder) throws IOException {
        server = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", WIDTH + "x" + HEIGHT + "x24", "-fbdir", folder.toString(),
                "-nolisten", "tcp").redirectError(ProcessBuilder.Redirect.DISCARD).start();
        display = ":" + new BufferedReader(new InputStreamReader(server.getInputStream())).readLine();
        try (var file = FileChannel.open(folder.resolve("Xvfb_screen0"))) {
            picture = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size());
        }
        // An XWD file: big-endian header of 100 bytes and the window's name, a colour map, then the pixels.
        picture.order(ByteOrder.BIG_ENDIAN);
        pixels = picture.getInt(0) + picture.getInt(4 * 19) * 12;
        line = picture.getInt(4 * 12);
    }

    /// Whether all programs that this needs are here.
    static boolean available() {
        return there("Xvfb") && there("xev");
    }

    /// Whether keys can be pressed.
    static boolean keys() {
        return there("xdotool");
    }

    private static boolean there(String name) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /// Presses a key so many times, 20 ms apart, in whatever lies under the pointer, which is put into the middle: there is no window manager that would
    /// give the keyboard to a window.
    Process press(String key, int times) throws IOException {
        List<String> command = new ArrayList<>(List.of("xdotool", "mousemove", "800", "500", "key", "--delay", "20"));
        command.addAll(Collections.nCopies(times, key));
        var xdotool = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        xdotool.environment().put("DISPLAY", display);
        return xdotool.start();
    }

    String display() {
        return display;
    }

    /// Whether a point of [#look] lies in the middle fifth of the screen's width and the upper half of its height, without the top fifth.
    static boolean inTheMiddle(int point) {
        int across = WIDTH / GRID;
        double x = (double) (point % across) / across;
        double y = (double) (point / across) / ((double) HEIGHT / GRID);
        return x > 0.4 && x < 0.6 && y > 0.2 && y < 0.5;
    }

    /// The colours on a grid over the whole screen.
    int[] look() {
        int[] seen = new int[WIDTH / GRID * (HEIGHT / GRID)];
        int i = 0;
        for (int y = 0; y < HEIGHT; y += GRID) {
            for (int x = 0; x < WIDTH; x += GRID) seen[i++] = picture.getInt(pixels + y * line + x * 4);
        }
        return seen;
    }

    /// Notes when a window appears: nanoseconds, 0 before.
    Watch watch() throws IOException {
        var xev = new ProcessBuilder("xev", "-root", "-event", "substructure").redirectError(ProcessBuilder.Redirect.DISCARD);
        xev.environment().put("DISPLAY", display);
        Process process = xev.start();
        var mapped = new AtomicLong();
        Thread.ofPlatform().daemon().start(() -> {
            try (var lines = process.inputReader()) {
                for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                    if (text.startsWith("MapNotify")) mapped.compareAndSet(0, System.nanoTime());
                }
            } catch (IOException e) {
                // The stream ends with the process.
            }
        });
        return new Watch(process, mapped);
    }

    record Watch(Process xev, AtomicLong mapped) implements AutoCloseable {
        @Override
        public void close() {
            xev.destroy();
        }
    }

    @Override
    public void close() throws IOException {
        server.destroy();
        try {
            server.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
