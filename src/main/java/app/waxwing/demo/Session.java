package app.waxwing.demo;

import java.time.Instant;
import java.util.List;

/// What one client (client name and device id) is doing. Guarded by itself.
public final class Session {
    private final String id;
    private Identity identity = Identity.NONE;
    private DemoUser user = DemoUser.NOBODY;
    private Instant active = Instant.EPOCH;
    private List<String> playable = List.of();
    private List<String> commands = List.of();
    private boolean controllable;
    private Playing playing = Playing.NOTHING;

    /// The playback a client reported.
    record Playing(String itemId, long position, boolean paused, String method, String playSessionId) {
        static final Playing NOTHING = new Playing("", 0, false, "", "");
    }

    Session(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    synchronized void seen(Identity by, DemoUser as, Instant at) {
        identity = by;
        user = as;
        active = at;
    }

    synchronized void capabilities(List<String> mediaTypes, List<String> supported, boolean control) {
        playable = List.copyOf(mediaTypes);
        commands = List.copyOf(supported);
        controllable = control;
    }

    synchronized void playing(Playing now) {
        playing = now;
    }

    synchronized Identity identity() {
        return identity;
    }

    synchronized DemoUser user() {
        return user;
    }

    synchronized Instant active() {
        return active;
    }

    synchronized List<String> playable() {
        return playable;
    }

    synchronized List<String> commands() {
        return commands;
    }

    synchronized boolean controllable() {
        return controllable;
    }

    synchronized Playing playing() {
        return playing;
    }
}
