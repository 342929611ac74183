package app.waxwing.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A whole file as a byte source. Its length is taken once, when it is opened.
public final class FileByteSource implements ByteSource {
    private static final Logger LOG = LoggerFactory.getLogger(FileByteSource.class);
    private final FileChannel channel;
    private final long length;
    private final String name;

    public FileByteSource(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        length = channel.size();
        name = String.valueOf(file.getFileName());
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(long position, ByteBuffer into) throws IOException {
        return channel.read(into, position);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long available() {
        return length;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("closing {}", name, e);
        }
    }
}
