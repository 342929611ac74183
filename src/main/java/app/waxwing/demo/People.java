package app.waxwing.demo;

import app.waxwing.base.Time;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Accounts, their tokens, sessions and Quick Connect requests; in memory, gone with the server. Any thread.
final class People {
    static final Duration CODE_LIFE = Duration.ofMinutes(10);

    /// A signed-in client.
    record Login(DemoUser user, Identity identity) {
        static final Login NONE = new Login(DemoUser.NOBODY, Identity.NONE);
    }

    /// One Quick Connect request; `user` is nobody until it is approved.
    record Pairing(String secret, String code, Identity identity, Instant at, DemoUser user) {
        boolean approved() {
            return user != DemoUser.NOBODY;
        }
    }

    private final Time time;
    private final RandomGenerator random = new SecureRandom();
    private final Map<String, DemoUser> users = new LinkedHashMap<>();
    private final Map<String, Login> tokens = new HashMap<>();
    private final Map<String, Pairing> pairings = new LinkedHashMap<>();
    private final Map<String, Session> sessions = new LinkedHashMap<>();

    People(Time time) {
        this.time = time;
    }

    synchronized DemoUser add(DemoUser user) {
        users.put(user.id(), user);
        return user;
    }

    synchronized List<DemoUser> all() {
        return List.copyOf(users.values());
    }

    synchronized Optional<DemoUser> byName(String name) {
        return users.values().stream().filter(u -> u.name().equalsIgnoreCase(name)).findFirst();
    }

    synchronized Optional<DemoUser> byId(String id) {
        return Optional.ofNullable(users.get(Shelf.normal(id)));
    }

    /// A fresh token. An earlier one of the same user and device dies, as on the server.
    synchronized String login(DemoUser user, Identity identity) {
        tokens.values().removeIf(l -> l.user() == user && l.identity().deviceId().equals(identity.deviceId()));
        String token = hex(16);
        tokens.put(token, new Login(user, identity));
        return token;
    }

    synchronized Optional<Login> holder(String token) {
        return Optional.ofNullable(tokens.get(token)).filter(l -> !l.user().disabled());
    }

    synchronized void revoke(String token) {
        tokens.remove(token);
    }

    synchronized void revokeAll() {
        tokens.clear();
    }

    synchronized Session session(Identity identity, DemoUser user) {
        var session = sessions.computeIfAbsent(identity.client() + "\n" + identity.deviceId(), _ -> new Session(hex(16)));
        session.seen(identity, user, time.now());
        return session;
    }

    synchronized List<Session> sessions() {
        return new ArrayList<>(sessions.values());
    }

    synchronized Pairing pair(Identity identity) {
        var pairing = new Pairing(hex(32), "%06d".formatted(random.nextInt(1_000_000)), identity, time.now(), DemoUser.NOBODY);
        pairings.put(pairing.secret(), pairing);
        return pairing;
    }

    synchronized Optional<Pairing> pairing(String secret) {
        pairings.values().removeIf(p -> p.at().plus(CODE_LIFE).isBefore(time.now()));
        return Optional.ofNullable(pairings.get(secret));
    }

    /// @return false for an unknown code
    synchronized boolean approve(String code, DemoUser user) {
        var found = pairings.values().stream().filter(p -> p.code().equals(code)).findFirst();
        found.ifPresent(p -> pairings.put(p.secret(), new Pairing(p.secret(), p.code(), p.identity(), p.at(), user)));
        return found.isPresent();
    }

    private String hex(int bytes) {
        byte[] raw = new byte[bytes];
        random.nextBytes(raw);
        return HexFormat.of().formatHex(raw);
    }
}
