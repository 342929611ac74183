package app.waxwing.demo;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// The bytes of one file as the server sees it: a length, a date of change, and reading from any place.
public interface Content {
    long size();

    /// When the file changed; the wire carries whole seconds.
    Instant modified();

    InputStream open(long from) throws IOException;

    /// All bytes; for files of a few megabytes only.
    default byte[] bytes() throws IOException {
        try (var in = open(0)) {
            return in.readAllBytes();
        }
    }

    static Content of(byte[] bytes, Instant modified) {
        return new Content() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public Instant modified() {
                return modified;
            }

            @Override
            public InputStream open(long from) {
                int start = Math.toIntExact(Math.min(from, bytes.length));
                return new ByteArrayInputStream(bytes, start, bytes.length - start);
            }
        };
    }

    /// A file of the bundled library on the class path, whose size and date the index tells.
    static Content resource(String path, long size, Instant modified) {
        return new Content() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public Instant modified() {
                return modified;
            }

            @Override
            public InputStream open(long from) throws IOException {
                InputStream in = Content.class.getResourceAsStream(path);
                if (in == null) throw new FileNotFoundException(path);
                in.skipNBytes(from);
                return in;
            }
        };
    }

    static Content file(Path file, Instant modified) throws IOException {
        long size = Files.size(file);
        return new Content() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public Instant modified() {
                return modified;
            }

            @Override
            public InputStream open(long from) throws IOException {
                InputStream in = Files.newInputStream(file);
                in.skipNBytes(from);
                return in;
            }
        };
    }
}
