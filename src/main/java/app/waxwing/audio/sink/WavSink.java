package app.waxwing.audio.sink;

import app.waxwing.audio.PcmFormat;
import app.waxwing.audio.Sink;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Writes what would be heard into a WAVE file, as fast as it comes: rate and channels of the first track, 16 bit for 16-bit and lossy sources, else 24.
/// The header is right after every 32 KiB, so a kill loses at most those. Past 4 GiB both sizes say 0xFFFFFFFF, which readers take as «to the end».
public final class WavSink implements Sink {
    private static final int PLAIN_HEADER = 44;
    private static final int EXTENSIBLE_HEADER = 68;
    private static final long MAX_SIZE = 0xFFFFFFFFL;
    /// Front left and right, centre, LFE, back pair, side pair, as WAVE orders them for 1 to 8 channels.
    private static final int[] MASKS = {0, 0x4, 0x3, 0x7, 0x33, 0x37, 0x3F, 0x70F, 0x63F};
    private final Path file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(32 * 1024).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer sizes = ByteBuffer.allocateDirect(4).order(ByteOrder.LITTLE_ENDIAN);
    private @Nullable FileChannel channel;
    private @Nullable PcmFormat format;
    private Quantiser quantiser = new Quantiser(16);
    private int header = PLAIN_HEADER;
    private long dataBytes;
    private long written;

    public WavSink(Path file) {
        this.file = file;
    }

    @Override
    public String describe() {
        return "the file " + file;
    }

    @Override
    public PcmFormat open(PcmFormat wanted, int bits) {
        written = 0;
        PcmFormat open = format;
        if (open != null) return open;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            quantiser = new Quantiser(bits <= 16 ? 16 : 24);
            format = wanted;
            writeHeader(channel, wanted);
            return wanted;
        } catch (IOException e) {
            throw new FailureException(
                    new Failure.Trouble("The sound file " + file + " cannot be written", FailureException.of(e) instanceof Failure.Trouble t
                            ? t.why()
                            : e.toString()),
                    e);
        }
    }

    private void writeHeader(FileChannel to, PcmFormat wanted) throws IOException {
        boolean extensible = wanted.channels() > 2;
        header = extensible ? EXTENSIBLE_HEADER : PLAIN_HEADER;
        int frame = wanted.channels() * quantiser.bytes();
        ByteBuffer head = ByteBuffer.allocate(header).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(0x46464952).putInt(header - 8).putInt(0x45564157); // RIFF, WAVE
        head.putInt(0x20746d66).putInt(extensible ? 40 : 16).putShort((short) (extensible ? 0xFFFE : 1)); // «fmt »
        head.putShort((short) wanted.channels()).putInt(wanted.rate()).putInt(wanted.rate() * frame);
        head.putShort((short) frame).putShort((short) (quantiser.bytes() * 8));
        if (extensible) {
            head.putShort((short) 22).putShort((short) (quantiser.bytes() * 8));
            head.putInt(wanted.channels() < MASKS.length ? MASKS[wanted.channels()] : 0);
            head.putInt(1).putShort((short) 0).putShort((short) 0x10).putLong(0x719B3800AA000080L); // KSDATAFORMAT_SUBTYPE_PCM
        }
        head.putInt(0x61746164).putInt(0).flip(); // data
        long at = 0;
        while (head.hasRemaining()) at += to.write(head, at);
    }

    @Override
    public int writable() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void write(float[] from, int frames, boolean neutral) {
        PcmFormat open = opened();
        int samples = frames * open.channels();
        int at = 0;
        while (at < samples) {
            int room = buffer.remaining() / quantiser.bytes();
            if (room == 0) {
                flushToDisk();
                continue;
            }
            int n = Math.min(room, samples - at);
            quantiser.put(from, at, n, neutral, buffer);
            at += n;
        }
        written += frames;
    }

    private PcmFormat opened() {
        PcmFormat open = format;
        if (open == null) throw new IllegalStateException("not open");
        return open;
    }

    private void flushToDisk() {
        FileChannel to = channel;
        if (to == null || buffer.position() == 0) return;
        try {
            buffer.flip();
            while (buffer.hasRemaining()) dataBytes += to.write(buffer, header + dataBytes);
            buffer.clear();
            size(to, 4, header - 8 + dataBytes);
            size(to, header - 4, dataBytes);
        } catch (IOException e) {
            buffer.clear();
            Failure failure = FailureException.of(e);
            throw new FailureException(failure instanceof Failure.DiskFull
                    ? new Failure.DiskFull(file.toString(), 0)
                    : new Failure.Trouble("The sound file " + file + " cannot be written", String.valueOf(e.getMessage())), e);
        }
    }

    private void size(FileChannel to, long at, long value) throws IOException {
        sizes.clear().putInt((int) Math.min(MAX_SIZE, value)).flip();
        while (sizes.hasRemaining()) to.write(sizes, at + sizes.position());
    }

    @Override
    public long heard() {
        return written;
    }

    @Override
    public void resume() {}

    @Override
    public void pause() {
        flushToDisk();
    }

    @Override
    public void flush() {}

    @Override
    public boolean realTime() {
        return false;
    }

    @Override
    public void release() {
        flushToDisk();
    }

    @Override
    public void close() {
        try (FileChannel to = channel) {
            flushToDisk();
        } catch (IOException e) {
            throw new FailureException(FailureException.of(e), e);
        } finally {
            channel = null;
        }
    }
}
