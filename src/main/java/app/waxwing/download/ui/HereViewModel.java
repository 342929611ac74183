package app.waxwing.download.ui;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureWords;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.DownloadEngine.Priced;
import app.waxwing.download.DownloadEngine.Stored;
import app.waxwing.download.DownloadEvent;
import app.waxwing.download.KeepSet;
import app.waxwing.download.KeepSet.Left;
import app.waxwing.download.KeepSet.Source;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Notices;
import app.waxwing.library.Library;
import app.waxwing.parts.Asked;
import app.waxwing.parts.Conflated;
import app.waxwing.parts.Question;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// What is on this computer and what keeps it: sources with their sizes, what kept collections no longer hold, how much each account takes, and the
/// one thing only the user knows of a network. Belongs to the thread of its executor; works between [#shown] and [#hidden] only.
public final class HereViewModel {
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final Duration SOON = Duration.ofMillis(100);
    private final DownloadEngine engine;
    private final KeepSet keep;
    private final Library library;
    private final Executor fx;
    private final Notices notices;
    private final Question<List<Source>> sources;
    private final ReadOnlyObjectWrapper<List<Left>> left = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Space>> space = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<String>> network = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Priced>> priced = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Conflated again;
    private final Conflated measure;
    private Subscription ends = () -> {};

    /// Bytes that music takes here, and what is free beside it.
    ///
    /// @param free where kept music goes; 0 where nothing can be kept now
    /// @param trouble why not: the folder is not there, or nothing may be written to it
    public record Space(long kept, long cached, long free, Optional<Failure> trouble) {}

    public HereViewModel(DownloadEngine engine, KeepSet keep, Library library, Time time, Executor fx, Notices notices) {
        this.engine = engine;
        this.keep = keep;
        this.library = library;
        this.fx = fx;
        this.notices = notices;
        sources = new Question<>(fx, keep::sources);
        again = new Conflated(time, fx, PERIOD, this::ask);
        measure = new Conflated(time, fx, SOON, this::measure);
    }

    public ReadOnlyObjectProperty<Asked<List<Source>>> sources() {
        return sources.state();
    }

    /// Kept tracks that their playlist, album or artist no longer holds.
    public ReadOnlyObjectProperty<List<Left>> left() {
        return left.getReadOnlyProperty();
    }

    /// Empty until it is known.
    public ReadOnlyObjectProperty<Optional<Space>> space() {
        return space.getReadOnlyProperty();
    }

    /// The network of which only the user knows whether it costs.
    public ReadOnlyObjectProperty<Optional<String>> network() {
        return network.getReadOnlyProperty();
    }

    /// The network this computer is on, where only the user knows whether it costs, and what was said of it.
    public ReadOnlyObjectProperty<Optional<Priced>> priced() {
        return priced.getReadOnlyProperty();
    }

    public void shown() {
        hidden();
        ends = engine.fetches().subscribe(e -> {
            if (e.kind() != DownloadEvent.Kind.PROGRESS && e.kind() != DownloadEvent.Kind.STARTED) again.wish();
        }).and(library.changes().subscribe(_ -> again.wish())).and(engine.folders().changes().subscribe(_ -> measure.wish()))
                // A download may meet a drive that is away before anybody looked at the folders.
                .and(engine.changes().subscribe(change -> {
                    if (change.all()) measure.wish();
                }));
        ask();
    }

    public void hidden() {
        ends.close();
        ends = () -> {};
    }

    public void ask() {
        sources.ask();
        Fx.on(fx, keep.noLongerIn(), left::set, failure -> left.set(List.of()));
        lookAtNetwork();
        measure();
    }

    private void measure() {
        Fx.on(fx, engine.stored(), this::measured, why -> measured(List.of()));
    }

    private void measured(List<Stored> accounts) {
        long kept = accounts.stream().mapToLong(Stored::keptBytes).sum();
        long cached = accounts.stream().mapToLong(Stored::cachedBytes).sum();
        Fx.on(fx, engine.free(), free -> space.set(Optional.of(new Space(kept, cached, free, Optional.empty()))),
                why -> space.set(Optional.of(new Space(kept, cached, 0, Optional.of(why)))));
    }

    public void keepLeft(List<ItemKey> tracks) {
        Fx.on(fx, keep.keepLeft(tracks), n -> ask(), failure -> notices.failed(FailureWords.sentence(failure)));
    }

    public void removeLeft(List<ItemKey> tracks) {
        Fx.on(fx, keep.removeLeft(tracks), n -> ask(), failure -> notices.failed(FailureWords.sentence(failure)));
    }

    /// Lets a source go; what another one keeps stays.
    public void release(Source source) {
        source.key().ifPresent(key -> Fx.on(fx, keep.release(source.kind(), key), n -> ask(),
                failure -> notices.failed(FailureWords.sentence(failure))));
    }

    public void networkCosts(boolean costs) {
        network.get().ifPresent(name -> say(name, costs));
    }

    /// The answer of before is taken back, or given without being asked.
    public void price(boolean costs) {
        priced.get().filter(n -> n.costs() != costs || !n.answered()).ifPresent(n -> say(n.name(), costs));
    }

    private void say(String name, boolean costs) {
        Fx.on(fx, engine.networkCosts(name, costs), x -> lookAtNetwork(), failure -> notices.failed(FailureWords.sentence(failure)));
    }

    public void lookAtNetwork() {
        network.set(engine.unknownNetwork());
        priced.set(engine.network());
    }
}
