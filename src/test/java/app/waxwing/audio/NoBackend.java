package app.waxwing.audio;

import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import java.util.Optional;

/// A backend that is not installed.
final class NoBackend implements DecoderBackend {
    private static final Failure MISSING = new Failure.MissingPart("LibVLC", "install VLC");

    @Override
    public String id() {
        return "vlc";
    }

    @Override
    public String name() {
        return "LibVLC";
    }

    @Override
    public Optional<Failure> missing() {
        return Optional.of(MISSING);
    }

    @Override
    public Decoder open(long generation, ByteSource source, Optional<SourceInfo> hint) {
        source.close();
        throw MISSING.asException();
    }

    @Override
    public void close() {}
}
