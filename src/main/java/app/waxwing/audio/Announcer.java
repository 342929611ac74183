package app.waxwing.audio;

import app.waxwing.audio.AudioEvent.Failed;
import app.waxwing.audio.AudioEvent.Opened;
import app.waxwing.audio.AudioEvent.Sounding;
import app.waxwing.audio.AudioEvent.TrackChanged;
import java.util.function.Consumer;

/// Tells each thing about a track once, and the end of a track before the beginning of the one joined to it.
final class Announcer {
    private final Consumer<AudioEvent> events;

    Announcer(Consumer<AudioEvent> events) {
        this.events = events;
    }

    void tell(AudioEvent event) {
        events.accept(event);
    }

    void opened(Feed feed) {
        if (feed.announcedOpen) return;
        feed.announcedOpen = true;
        tell(new Opened(feed.generation(), feed.info(), feed.decoderName()));
    }

    /// Its first frame has been heard, and so all of the track it was joined to, which is closed.
    void sounding(Feed feed, PcmFormat format) {
        if (feed.announcedSound) return;
        feed.announcedSound = true;
        Feed before = feed.joinedAfter;
        feed.joinedAfter = null;
        if (before == null) {
            tell(new Sounding(feed.generation()));
            return;
        }
        sounding(before, format);
        if (before.failure().isPresent() && !before.announcedFailure) {
            tell(new Failed(before.generation(), before.failure().get(), before.landed().plus(format.time(before.pulled))));
        }
        tell(new TrackChanged(feed.generation(), before.generation()));
        before.close();
    }
}
