package app.waxwing.demo;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What one client (client name and device id) is doing. Guarded by itself.
public final class Session {
    private final String id;
    private Identity identity = new Identity("", "", "", "", "");
    private Optional<DemoUser> user = Optional.empty();
    private Instant active = Instant.EPOCH;
    private List<String> playable = List.of();
    private List<String> commands = List.of();
    private boolean controllable;
    private Optional<Playing> playing = Optional.empty();

    /// The playback a client reported.
    record Playing(String itemId, long position, boolean paused, String method, String playSessionId) {}

    Session(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    synchronized void seen(Identity by, DemoUser as, Instant at) {
        identity = by;
        user = Optional.of(as);
        active = at;
    }

    synchronized void capabilities(List<String> mediaTypes, List<String> supported, boolean control) {
        playable = List.copyOf(mediaTypes);
        commands = List.copyOf(supported);
        controllable = control;
    }

    synchronized void playing(Optional<Playing> now) {
        playing = now;
    }

    synchronized Identity identity() {
        return identity;
    }

    synchronized Optional<DemoUser> user() {
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

    synchronized Optional<Playing> playing() {
        return playing;
    }
}
