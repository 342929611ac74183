package app.waxwing.testing.ui;

import app.waxwing.library.Cover;
import app.waxwing.library.Covers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;

/// Covers drawn on the spot: flat shapes in twelve colour sets.
public final class FakeCovers implements Covers {
    private static final int[][] COLOURS = {{0xe76f51, 0x2a1a2e, 0xf4a261}, {0x264653, 0x2a9d8f, 0xe9c46a}, {0x3d405b, 0x81b29a, 0xf2cc8f},
            {0x780000, 0xc1121f, 0xfdf0d5}, {0x003049, 0x669bbc, 0xfdf0d5}, {0x5f0f40, 0xfb8b24, 0xe36414}, {0x0b132b, 0x5bc0be, 0x3a506b},
            {0x283618, 0x606c38, 0xdda15e}, {0x22223b, 0x9a8c98, 0xf2e9e4}, {0x10002b, 0x9d4edd, 0xe0aaff}, {0x1d3557, 0xe63946, 0xf1faee},
            {0x31572c, 0xecf39e, 0x90a955}};
    private final Map<String, Path> drawn = new ConcurrentHashMap<>();
    private final Path folder;

    public FakeCovers() {
        try {
            folder = Files.createTempDirectory("waxwing-covers");
            folder.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CompletableFuture<Optional<Path>> file(Cover cover, int edge) {
        int set = Math.floorMod(Integer.parseInt(cover.tag().replaceAll("\\D", "")), COLOURS.length);
        return CompletableFuture.completedFuture(Optional.of(drawn.computeIfAbsent(set + "-" + edge, k -> draw(set, edge, k))));
    }

    private Path draw(int i, int edge, String name) {
        var image = new BufferedImage(edge, edge, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.scale(edge / 100.0, edge / 100.0);
        int[] c = COLOURS[i];
        g.setColor(new Color(c[0]));
        g.fillRect(0, 0, 100, 100);
        switch (i % 4) {
            case 0 -> {
                g.setColor(new Color(c[2]));
                g.fill(new Ellipse2D.Double(40, 4, 60, 60));
                g.setColor(new Color(c[1]));
                g.fillRect(0, 62, 100, 38);
            }
            case 1 -> {
                var hill = new Path2D.Double();
                hill.moveTo(0, 100);
                hill.lineTo(40, 30);
                hill.lineTo(62, 66);
                hill.lineTo(78, 44);
                hill.lineTo(98, 100);
                g.setColor(new Color(c[1]));
                g.fill(hill);
                g.setColor(new Color(c[2]));
                g.fill(new Ellipse2D.Double(63, 13, 22, 22));
            }
            case 2 -> {
                g.setColor(new Color(c[2]));
                g.setStroke(new BasicStroke(5));
                for (int r : new int[]{14, 27, 40}) g.draw(new Ellipse2D.Double(50 - r, 50 - r, 2 * r, 2 * r));
                g.setColor(new Color(c[1]));
                g.fillRect(46, 0, 8, 100);
            }
            default -> {
                g.setColor(new Color(c[1]));
                g.fillRect(12, 12, 34, 76);
                g.setColor(new Color(c[2]));
                g.fillRect(54, 30, 34, 58);
            }
        }
        g.dispose();
        try {
            Path file = folder.resolve(name + ".png");
            ImageIO.write(image, "png", file.toFile());
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
