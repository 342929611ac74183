package app.waxwing.shell;

import app.waxwing.account.Account;
import app.waxwing.account.Reachability;
import app.waxwing.base.FailureWords;
import app.waxwing.base.Subscription;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Notices;
import app.waxwing.kit.Texts;
import app.waxwing.library.LibrarySync;
import app.waxwing.shell.Services.Space;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// The truth in two lines: connection, what waits, space; and the accounts of the server picker.
public final class ConnectionViewModel implements AutoCloseable {
    /// The colour of the dot.
    public enum Light {
        ONLINE,
        /// Some servers are reached, others are away.
        PARTLY, OFFLINE, BUSY, NONE
    }

    private final Services services;
    private final Notices notices;
    private final Executor fx;
    private final ReadOnlyBooleanWrapper offline = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper forced = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Light> light = new ReadOnlyObjectWrapper<>(Light.NONE);
    private final ReadOnlyStringWrapper state = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper why = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper changes = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper spaceWords = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Space> space = new ReadOnlyObjectWrapper<>(new Space(0, 0, 0));
    private final ReadOnlyObjectWrapper<List<Account>> accounts = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyIntegerWrapper downloads = new ReadOnlyIntegerWrapper();
    private final ReadOnlyObjectWrapper<Optional<Account>> signedOut = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Subscription subscriptions;
    private Optional<LibrarySync.Progress> syncing = Optional.empty();
    private boolean stopping;

    public ConnectionViewModel(Services services, Notices notices, Executor fx) {
        this.services = services;
        this.notices = notices;
        this.fx = fx;
        Runnable read = Fx.conflated(fx, this::read);
        subscriptions = services.reachability().changes().subscribe(_ -> read.run())
                .and(services.accounts().changes().subscribe(_ -> read.run()))
                .and(services.outbox().changes().subscribe(_ -> read.run()))
                .and(services.outbox().notes().subscribe(note -> fx.execute(() -> notices.failed(note))))
                .and(services.sync().progress().subscribe(p -> fx.execute(() -> {
                    syncing = p.finished() ? Optional.empty() : Optional.of(p);
                    if (p.finished()) stopping = false;
                    read();
                })))
                .and(services.sync().unasked().subscribe(report -> {
                    if (report.moved() > 0) fx.execute(() -> notices.say(moved(report)));
                }));
        read();
        sample();
    }

    // ---- properties

    public ReadOnlyBooleanProperty offlineProperty() {
        return offline.getReadOnlyProperty();
    }

    /// The user switched the network off.
    public ReadOnlyBooleanProperty forcedProperty() {
        return forced.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Light> lightProperty() {
        return light.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty stateProperty() {
        return state.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty whyProperty() {
        return why.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty changesProperty() {
        return changes.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty spaceWordsProperty() {
        return spaceWords.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Space> spaceProperty() {
        return space.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<List<Account>> accountsProperty() {
        return accounts.getReadOnlyProperty();
    }

    /// Downloads that run, wait or failed.
    public ReadOnlyIntegerProperty downloadsProperty() {
        return downloads.getReadOnlyProperty();
    }

    /// The first account whose server is there and does not take its sign-in any more.
    public ReadOnlyObjectProperty<Optional<Account>> signedOutProperty() {
        return signedOut.getReadOnlyProperty();
    }

    /// What the server picker says: which servers the library shows.
    public String pickerWords() {
        List<Account> active = active();
        List<Account> shown = active.stream().filter(Account::shown).toList();
        if (shown.size() == active.size()) return serverWords();
        return shown.size() == 1 ? shown.getFirst().serverName() : Texts.of("top.server.some", shown.size(), active.size());
    }

    /// The servers that are used.
    private String serverWords() {
        List<Account> active = active();
        return switch (active.size()) {
            case 0 -> Texts.of("top.server.none");
            case 1 -> active.getFirst().serverName();
            default -> Texts.of("top.server.all", active.size());
        };
    }

    private List<Account> active() {
        return accounts.get().stream().filter(Account::active).toList();
    }

    /// The library leaves servers out.
    public boolean hides() {
        return active().stream().anyMatch(a -> !a.shown());
    }

    /// There is more than one server, so that one can be left out.
    public boolean several() {
        return active().size() > 1;
    }

    public boolean reachable(Account account) {
        return services.reachability().online(account.id());
    }

    // ---- commands

    /// Asks for the figures that change all the time; called every few seconds while the rail shows.
    public void sample() {
        var activity = services.downloads().activity();
        downloads.set(activity.running().size() + activity.waiting() + activity.failed());
        Fx.on(fx, services.space().get(), figures -> {
            space.set(figures);
            spaceWords.set(words(figures));
        }, _ -> {});
    }

    public void switchOffline() {
        boolean wanted = services.reachability().mode() != Reachability.Mode.FORCED_OFFLINE;
        services.reachability().mode(wanted ? Reachability.Mode.FORCED_OFFLINE : Reachability.Mode.AUTO);
        notices.say(Texts.of(wanted ? "window.offline.on" : "window.offline.off"));
        read();
    }

    public void use(Account account) {
        Fx.on(fx, services.accounts().use(account.id()), _ -> read(), notices::failed);
    }

    /// The library shows the music of this server, or leaves it out; the last one stays.
    public void show(Account account, boolean shown) {
        Set<String> servers = services.accounts().shown().stream().map(Account::serverId).collect(Collectors.toCollection(HashSet::new));
        if (shown) servers.add(account.serverId());
        else servers.remove(account.serverId());
        if (servers.isEmpty()) notices.say(Texts.of("top.server.one"));
        else show(servers);
    }

    public void showAll() {
        show(services.accounts().active().stream().map(Account::serverId).collect(Collectors.toSet()));
    }

    private void show(Set<String> servers) {
        Fx.on(fx, services.accounts().show(servers), _ -> read(), notices::failed);
    }

    /// Brings the library of every active account up to date.
    public void update() {
        for (Account account : services.accounts().active()) {
            Fx.on(fx, services.sync().sync(account.id(), false),
                    report -> notices.say(done(report)),
                    failure -> notices.failed(Texts.of("server.sync.failed", FailureWords.sentence(failure))));
        }
    }

    /// Stops the sync that is shown; the next goes on from there.
    public void stopUpdate() {
        syncing.ifPresent(p -> {
            stopping = services.sync().stop(p.account());
            read();
        });
    }

    private static String done(LibrarySync.Report report) {
        if (report.stopped()) return Texts.of("server.sync.stopped");
        String words = Texts.of("server.sync.done", Texts.count("count.tracks", report.tracks()),
                Texts.count("count.albums", report.albums()));
        return report.moved() == 0 ? words : words + ". " + moved(report);
    }

    private static String moved(LibrarySync.Report report) {
        return Texts.of("server.sync.moved", Formats.count(report.moved()));
    }

    @Override
    public void close() {
        subscriptions.close();
    }

    private void read() {
        List<Account> all = services.accounts().all();
        accounts.set(all);
        boolean none = services.accounts().active().isEmpty();
        boolean away = services.reachability().offline();
        boolean byUser = services.reachability().mode() == Reachability.Mode.FORCED_OFFLINE;
        offline.set(away);
        forced.set(byUser);
        signedOut.set(active().stream().filter(a -> reachable(a) && !services.accounts().signedIn(a.id())).findFirst());
        int waiting = services.outbox().count();
        changes.set(waiting == 0 ? Texts.of("foot.changes.none") : Texts.count("foot.changes", waiting));
        if (none) say(Light.NONE, Texts.of("foot.none"), Texts.of("foot.none.why"));
        else if (byUser) say(Light.OFFLINE, Texts.of("foot.forced"), Texts.of("foot.forced.why"));
        else if (away) say(Light.OFFLINE, Texts.of("foot.offline"), Texts.of("foot.offline.why"));
        else if (stopping) say(Light.BUSY, Texts.of("foot.stopping"), Texts.of("foot.stopping.what"));
        else if (syncing.isPresent()) say(Light.BUSY, Texts.of("foot.syncing"), Texts.of("foot.syncing.what", progress(syncing.get())));
        else
            if (signedOut.get().isPresent())
                say(Light.OFFLINE, Texts.of("foot.signed-out"), Texts.of("foot.signed-out.why", signedOut.get().get().serverName()));
            else
                connected();
    }

    private void connected() {
        List<Account> active = active();
        List<String> away = active.stream().filter(a -> !reachable(a)).map(Account::serverName).toList();
        if (away.isEmpty()) say(Light.ONLINE, Texts.of("foot.online"), Texts.of("foot.online.to", serverWords()));
        else
            say(Light.PARTLY, Texts.of("foot.partly", active.size() - away.size(), active.size()),
                    Texts.of(away.size() == 1 ? "foot.partly.one" : "foot.partly.many", String.join(", ", away)));
    }

    /// «kept 38 GB · cached 6», the unit said once where it stays the same, and below it «free 61 GB»: one line has no room for all three.
    static String words(Space figures) {
        String kept = Formats.bytes(figures.kept());
        String unit = kept.substring(kept.indexOf(' '));
        return Texts.of("foot.space.here", kept, brief(Formats.bytes(figures.cached()), unit)) + "\n"
                + Texts.of("foot.free", Formats.bytes(figures.free()));
    }

    private static String brief(String bytes, String unit) {
        return bytes.endsWith(unit) ? bytes.substring(0, bytes.length() - unit.length()).replaceFirst("\\.0$", "") : bytes;
    }

    private static String progress(LibrarySync.Progress p) {
        return p.total() > 0 ? p.what() + " " + Formats.percent((double) p.done() / p.total()) : p.what() + " " + Formats.count(p.done());
    }

    private void say(Light now, String head, String tail) {
        light.set(now);
        state.set(head);
        why.set(tail);
    }
}
