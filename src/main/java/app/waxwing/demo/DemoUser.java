package app.waxwing.demo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// An account on the server, with the rights that matter to a client. Tests change the rights while the server runs; any thread.
public final class DemoUser {
    /// Who is not signed in, or has not approved yet.
    static final DemoUser NOBODY = new DemoUser("", "");

    private final String id;
    private final String name;
    private volatile String password;
    private volatile boolean disabled;
    private volatile boolean administrator;
    private volatile boolean downloads = true;
    private volatile boolean playback = true;
    private volatile boolean transcoding = true;
    private volatile int lockoutAfter = -1;
    private volatile Set<String> closedViews = Set.of();
    private volatile Set<String> hiddenViews = Set.of();
    private int failures;
    private final Map<String, UserData> data = new ConcurrentHashMap<>();

    DemoUser(String name, String password) {
        this.name = name;
        this.password = password;
        id = Shelf.normal(UUID.nameUUIDFromBytes(("waxwing-demo/user/" + name).getBytes(StandardCharsets.UTF_8)).toString());
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public void password(String changed) {
        password = changed;
    }

    /// A disabled account signs in nowhere, and its tokens are dead.
    public void disabled(boolean is) {
        disabled = is;
    }

    public boolean disabled() {
        return disabled;
    }

    public void administrator(boolean is) {
        administrator = is;
    }

    boolean administrator() {
        return administrator;
    }

    /// The right to download (`EnableContentDownloading`).
    public void downloads(boolean may) {
        downloads = may;
    }

    boolean downloads() {
        return downloads;
    }

    public void playback(boolean may) {
        playback = may;
    }

    boolean playback() {
        return playback;
    }

    /// The right to transcoded sound; only PlaybackInfo reflects it, the streams do not enforce it.
    public void transcoding(boolean may) {
        transcoding = may;
    }

    boolean transcoding() {
        return transcoding;
    }

    /// So many wrong passwords in a row disable the account; −1 never.
    public void lockoutAfter(int attempts) {
        lockoutAfter = attempts;
    }

    int lockoutAfter() {
        return lockoutAfter;
    }

    synchronized int failures() {
        return failures;
    }

    /// Closes a library view to this user: asking for it by parentId is then answered with 401 and a text.
    public void close(String viewId) {
        var views = new HashSet<>(closedViews);
        views.add(Shelf.normal(viewId));
        closedViews = Set.copyOf(views);
    }

    boolean closed(String viewId) {
        return closedViews.contains(viewId);
    }

    /// Takes a library view from this user's home page, who may see it all the same: it is named where hidden ones are asked for.
    public void hide(String viewId) {
        var views = new HashSet<>(hiddenViews);
        views.add(Shelf.normal(viewId));
        hiddenViews = Set.copyOf(views);
    }

    boolean hidden(String viewId) {
        return hiddenViews.contains(viewId);
    }

    /// Whether the password is right; counts failures and locks the account as the server does.
    synchronized boolean checks(String given) {
        if (password.equals(given)) {
            failures = 0;
            return true;
        }
        failures++;
        if (lockoutAfter > 0 && failures >= lockoutAfter) disabled = true;
        return false;
    }

    UserData data(String itemId) {
        return data.getOrDefault(itemId, UserData.NONE);
    }

    UserData data(String itemId, UserData changed) {
        data.put(itemId, changed);
        return changed;
    }

    /// How often the item was played, as the server counts.
    public int playCount(String itemId) {
        return data(Shelf.normal(itemId)).playCount();
    }

    public boolean favorite(String itemId) {
        return data(Shelf.normal(itemId)).favorite();
    }

    /// Where the item stopped, in ticks.
    public long position(String itemId) {
        return data(Shelf.normal(itemId)).position();
    }

    /// The epoch when it never was played.
    public Instant lastPlayed(String itemId) {
        return data(Shelf.normal(itemId)).lastPlayed();
    }
}
