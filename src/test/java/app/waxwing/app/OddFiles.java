package app.waxwing.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/// Files that we did not make, as people have them: encodes from the test files of Apple's, Xiph's and LAME's users (Apache Tika, VorbisJava), some
/// with tags, covers and names that others put around them, some broken.
final class OddFiles {
    static final String NON_LATIN = "Ελληνικά – 日本語の題名 – עברית";
    static final String LONG_TITLE = "長い題名 Ünïcödé العربية ".repeat(20).substring(0, 300);

    private OddFiles() {}

    /// @param container what the server says it is
    /// @param sentence why it cannot be played (to its end); empty = it can
    record Odd(String title, String fileName, String container, byte[] bytes, String sentence) {
        static Odd good(String title, String fileName, String container, byte[] bytes) {
            return new Odd(title, fileName, container, bytes, "");
        }

        static Odd broken(String title, String fileName, byte[] bytes, String why) {
            return new Odd(title, fileName, fileName.substring(fileName.lastIndexOf('.') + 1), bytes,
                    title + " cannot be played: " + why + ".");
        }
    }

    /// Good ones with a broken one after each.
    static List<Odd> all() {
        byte[] mp3 = tika("testMP3noid3.mp3");
        byte[] flac = vorbisJava("testFLAC.flac");
        return List.of(Odd.good(NON_LATIN, "01.flac", "flac", flac),
                Odd.broken("Zero bytes", "02.mp3", new byte[0], "the file is empty"),
                Odd.good("testMP3noid3", "testMP3noid3.mp3", "mp3", mp3),
                Odd.broken("Words", "04.mp3", text(), "the file is text, not sound"),
                Odd.good(LONG_TITLE, "05.mp3", "mp3", tagged(LONG_TITLE, 6_000_000, mp3)),
                Odd.broken("A page", "06.mp3", page(), "the file is a web page, not sound"),
                Odd.good("Une chanson d'été", "07.mp3", "mp3", tika("testMP3i18n.mp3")),
                Odd.broken("Cut off", "08.mp3", Arrays.copyOf(measured(mp3), mp3.length / 2), "the file breaks off after 1 of 2 seconds"),
                Odd.good("Ogg by another name", "09.mp3", "mp3", vorbisJava("testVORBIS.ogg")),
                Odd.broken("Cut within its tag", "10.mp3", tika("testMP3truncated.mp3"), "the file is damaged or incomplete"),
                Odd.good("From a shop", "11.m4a", "m4a", tika("testMP4.m4a")),
                Odd.broken("Cut off at once", "12.m4a", tika("testMP4_truncated.m4a"),
                        "the file is incomplete, its table of contents is missing"),
                Odd.good("Flac in Ogg", "13.flac", "flac", vorbisJava("testFLAC.oga")),
                Odd.broken("Half a Flac", "14.flac", Arrays.copyOf(flac, 9000), "there is no sound in it that could be decoded"),
                Odd.good("Opus", "15.opus", "opus", vorbisJava("testOPUS_11.opus")));
    }

    /// Writes them as a library of one album that a demonstration server can serve.
    static Path library(Path folder, List<Odd> files) throws IOException {
        Files.createDirectories(folder);
        List<Map<String, Object>> tracks = new java.util.ArrayList<>();
        for (Odd file : files) {
            Files.write(folder.resolve(file.fileName()), file.bytes());
            int number = tracks.size() + 1;
            ReferenceDecode.Heard heard = ReferenceDecode.heard(file.bytes(), file.fileName());
            long ticks = heard.pcm().length == 0 ? 0 : heard.pcm().length / 2 / heard.channels() * 10_000_000L / heard.rate();
            tracks.add(Map.ofEntries(Map.entry("id", id(file)), Map.entry("name", file.title()), Map.entry("number", number),
                    Map.entry("artists", List.of()), Map.entry("file", file.fileName()), Map.entry("path", "/music/" + file.fileName()),
                    Map.entry("container", file.container()), Map.entry("codec", file.container()), Map.entry("size", file.bytes().length),
                    Map.entry("sampleRate", 44_100), Map.entry("channels", 2), Map.entry("bitrate", 128_000), Map.entry("ticks", ticks),
                    Map.entry("modified", "2021-05-01T10:00:00Z")));
        }
        Map<String, Object> album = Map.of("id", ALBUM, "name", "CON: odd/files?", "sortName", "odd files", "artist", ARTIST, "year", 1999,
                "added", "2021-05-01T10:00:00Z", "tracks", tracks);
        Map<String, Object> index = Map.of("id", "%032x".formatted(9), "name", "Odd files", "musicFolder", "%032x".formatted(10),
                "playlistFolder", "%032x".formatted(11), "artists",
                List.of(Map.of("id", ARTIST, "name", "Những người lạ", "sortName", "nhung nguoi la")), "albums", List.of(album));
        Files.writeString(folder.resolve("library.json"), JsonMapper.shared().writeValueAsString(index));
        return folder;
    }

    static final String ALBUM = "%032x".formatted(0xa1b);
    private static final String ARTIST = "%032x".formatted(0xa27);

    static String id(Odd file) {
        return "%032x".formatted(0xabcd_0000_0000L + Integer.toUnsignedLong(file.title().hashCode()));
    }

    /// An ID3v2.3 tag with a title in UTF-16 and a picture of so many bytes, put before the sound.
    static byte[] tagged(String title, int picture, byte[] sound) {
        byte[] cover = new byte[picture];
        new Random(6).nextBytes(cover);
        cover[0] = (byte) 0xff;
        cover[1] = (byte) 0xd8;
        var frames = new ByteArrayOutputStream();
        frame(frames, "TIT2", new byte[]{1}, ("\ufeff" + title).getBytes(StandardCharsets.UTF_16LE));
        frame(frames, "APIC", "\0image/jpeg\0\3\0".getBytes(StandardCharsets.ISO_8859_1), cover);
        int all = frames.size();
        var file = new ByteArrayOutputStream();
        file.writeBytes(new byte[]{'I', 'D', '3', 3, 0, 0, (byte) (all >> 21 & 127), (byte) (all >> 14 & 127), (byte) (all >> 7 & 127),
                (byte) (all & 127)});
        file.writeBytes(frames.toByteArray());
        file.writeBytes(sound);
        return file.toByteArray();
    }

    /// An MP3 of frames of 128 kbit/s, 44,100 Hz, mono, with the frame before them that tells how many there are (Xing's, «Info» for a constant rate).
    private static byte[] measured(byte[] mp3) {
        int frames = (int) (mp3.length / (144 * 128_000 / 44_100.0));
        byte[] info = new byte[417];
        System.arraycopy(mp3, 0, info, 0, 4);
        info[2] &= ~2; // unpadded
        java.nio.ByteBuffer.wrap(info).put(4 + 17, "Info".getBytes(StandardCharsets.US_ASCII)).putInt(4 + 17 + 4, 3)
                .putInt(4 + 17 + 8, frames).putInt(4 + 17 + 12, mp3.length + info.length);
        var file = new ByteArrayOutputStream();
        file.writeBytes(info);
        file.writeBytes(mp3);
        return file.toByteArray();
    }

    private static void frame(ByteArrayOutputStream into, String name, byte[] head, byte[] body) {
        int size = head.length + body.length;
        into.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        into.writeBytes(new byte[]{(byte) (size >> 24), (byte) (size >> 16), (byte) (size >> 8), (byte) size, 0, 0});
        into.writeBytes(head);
        into.writeBytes(body);
    }

    private static byte[] text() {
        return "This is a letter and no music at all.\n".repeat(200).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] page() {
        return ("<!DOCTYPE html><html><body>" + "Not found. ".repeat(50) + "</body></html>").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] tika(String name) {
        return resource("/test-documents/" + name);
    }

    private static byte[] vorbisJava(String name) {
        return resource("/" + name);
    }

    private static byte[] resource(String path) {
        try (InputStream in = OddFiles.class.getResourceAsStream(path)) {
            if (in == null) throw new AssertionError(path + " is not on the class path");
            return in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
