package app.waxwing.audio;

/// Where sound goes. Only the thread `mixer` calls it. Nothing here blocks for longer than a file write does:
/// the mixer asks how much fits and comes back.
public interface Sink extends AutoCloseable {
    /// In words for `doctor`: the device, or the file.
    String describe();

    /// Makes ready for sound of this shape, and answers with the shape it takes, which may differ. Opening an open sink again changes its
    /// shape if it can: a `wav` file keeps the shape it began with.
    ///
    /// @param bits 16 or 24: what the source needs
    /// @throws app.waxwing.base.FailureException with [app.waxwing.base.Failure.MissingPart] where there is no such output
    PcmFormat open(PcmFormat wanted, int bits);

    /// Frames that [#write] takes now without waiting.
    int writable();

    /// Takes frames, no more than [#writable].
    ///
    /// @param from interleaved samples from index 0; beyond ±1 they are clipped
    /// @param neutral true when gain, volume and conversion left the samples as decoded: rounding to bits then adds no dither
    /// @throws app.waxwing.base.FailureException when the output is gone (device lost, disk full)
    void write(float[] from, int frames, boolean neutral);

    /// Frames heard since [#open]; never more than were written. `flush` makes the frames it drops count as heard.
    long heard();

    /// Lets sound run (after open, and after [#pause]).
    void resume();

    /// Holds sound; what was written and not heard stays.
    void pause();

    /// Drops what was written and not heard.
    void flush();

    /// Whether it consumes sound at the speed of its sound; a file does not.
    boolean realTime();

    /// Lets go of the device; the sink may be opened again. A file is left complete.
    void release();

    @Override
    void close();
}
