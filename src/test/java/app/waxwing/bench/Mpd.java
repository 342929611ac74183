package app.waxwing.bench;

import app.waxwing.testing.SampleWords;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Debian's mpd on loopback over a library of the names the other libraries here have, asked over one connection that stays open. Its database is
/// written in its own format instead of being scanned from files.
final class Mpd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/mpd");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private final Process process;
    private final Socket socket;
    private final Writer out;
    private final BufferedReader in;

    Mpd(Path folder, int tracks) throws IOException {
        Path music = Files.createDirectories(folder.resolve("mpd-music"));
        Path database = folder.resolve("mpd.db");
        database(database, tracks);
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path configuration = folder.resolve("mpd.conf");
        Files.writeString(configuration, """
                music_directory "%s"
                database {
                    plugin "simple"
                    path "%s"
                    compress "no"
                }
                bind_to_address "127.0.0.1"
                port "%d"
                auto_update "no"
                filesystem_charset "UTF-8"
                zeroconf_enabled "no"
                max_output_buffer_size "65536"
                audio_output {
                    type "null"
                    name "none"
                }
                """.formatted(music, database, port));
        process = new ProcessBuilder(PROGRAM.toString(), "--no-daemon", configuration.toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("mpd.txt").toFile()).start();
        socket = connect(port);
        out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        in.readLine();
    }

    static boolean available() {
        return Files.isExecutable(PROGRAM);
    }

    String version() throws IOException {
        Process asked = new ProcessBuilder(PROGRAM.toString(), "--version").redirectErrorStream(true).start();
        try (var lines = asked.inputReader()) {
            return String.valueOf(lines.readLine());
        }
    }

    private Socket connect(int port) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                var found = new Socket(InetAddress.getLoopbackAddress(), port);
                found.setTcpNoDelay(true);
                return found;
            } catch (IOException e) {
                if (System.nanoTime() > end || !process.isAlive()) throw e;
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    private static void database(Path file, int tracks) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            out.write("info_begin\nformat: 2\nmpd_version: 0.23.12\nfs_charset: UTF-8\n");
            for (String tag : new String[]{"Artist", "ArtistSort", "Album", "AlbumSort", "AlbumArtist", "AlbumArtistSort", "Title", "Track",
                    "Name", "Genre", "Date", "OriginalDate", "Composer", "ComposerSort", "Performer", "Conductor", "Work", "Movement",
                    "MovementNumber", "Ensemble", "Location", "Grouping", "Disc", "Label", "MUSICBRAINZ_ARTISTID", "MUSICBRAINZ_ALBUMID",
                    "MUSICBRAINZ_ALBUMARTISTID", "MUSICBRAINZ_TRACKID", "MUSICBRAINZ_RELEASETRACKID", "MUSICBRAINZ_WORKID"})
                out.write("tag: " + tag + "\n");
            out.write("info_end\n");
            for (int album = 0; album * 10 < tracks; album++) {
                out.write("directory: al" + album + "\nmtime: 1700000000\nbegin: al" + album + "\n");
                for (int i = album * 10; i < Math.min(tracks, album * 10 + 10); i++) {
                    out.write("song_begin: t" + i + ".flac\nTime: 200.000000\nArtist: " + SampleWords.artist(album / 3) + "\nAlbum: "
                            + SampleWords.album(album) + "\nTitle: " + SampleWords.track(i) + "\nTrack: " + (i % 10 + 1)
                            + "\nGenre: Rock\nDate: 1999\nFormat: 44100:16:2\nmtime: 1700000000\nsong_end\n");
                }
                out.write("end: al" + album + "\n");
            }
        }
    }

    /// The first twenty songs of which a tag holds the text; mpd looks for it as one piece.
    ///
    /// @return how many came
    int search(String text) {
        try {
            out.write("search any \"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\" window 0:20\n");
            out.flush();
            int songs = 0;
            for (String line = in.readLine(); line != null && !line.equals("OK"); line = in.readLine()) {
                if (line.startsWith("ACK")) throw new IllegalStateException(line);
                if (line.startsWith("file: ")) songs++;
            }
            return songs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
