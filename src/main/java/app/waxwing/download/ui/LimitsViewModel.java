package app.waxwing.download.ui;

import app.waxwing.base.Subscription;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.Hours;
import app.waxwing.download.Limits;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The limits as the page shows and changes them; follows whoever else changes them. Belongs to the thread of its executor.
public final class LimitsViewModel {
    /// Bytes a second that are offered without typing; 0 = as fast as it goes.
    static final List<Long> SPEEDS = List.of(0L, 1_000_000L, 2_000_000L, 5_000_000L, 10_000_000L);
    /// Hours that are offered without typing; empty = at any hour.
    static final List<Optional<Hours>> HOURS = List.of(Optional.empty(), Hours.parse("01:00-07:00"), Hours.parse("22:00-06:00"));
    private final DownloadEngine engine;
    private final ReadOnlyObjectWrapper<Limits> limits;
    private final Executor fx;
    private Subscription ends = () -> {};

    public LimitsViewModel(DownloadEngine engine, Executor fx) {
        this.engine = engine;
        this.fx = fx;
        limits = new ReadOnlyObjectWrapper<>(engine.limits());
    }

    /// Which limits can have an effect here.
    public DownloadEngine.Senses senses() {
        return engine.senses();
    }

    /// What the button says now.
    String words() {
        return words(limits.get(), engine.senses());
    }

    public ReadOnlyObjectProperty<Limits> limits() {
        return limits.getReadOnlyProperty();
    }

    public void shown() {
        hidden();
        ends = engine.limitChanges().subscribe(now -> fx.execute(() -> limits.set(now)));
        limits.set(engine.limits());
    }

    public void hidden() {
        ends.close();
        ends = () -> {};
    }

    public void atOnce(int transfers) {
        change(l -> l.atOnce(transfers));
    }

    public void bandwidth(long bytesPerSecond) {
        change(l -> l.bandwidth(bytesPerSecond, l.bandwidthWhileStreaming()));
    }

    public void bandwidthWhileStreaming(long bytesPerSecond) {
        change(l -> l.bandwidth(l.bandwidth(), bytesPerSecond));
    }

    public void hours(Optional<Hours> hours) {
        change(l -> l.hours(hours));
    }

    public void unmeteredOnly(boolean only) {
        change(l -> l.unmeteredOnly(only, l.prefetchUnmeteredOnly()));
    }

    public void pauseOnBattery(boolean pause) {
        change(l -> l.pauseOnBattery(pause));
    }

    private void change(UnaryOperator<Limits> how) {
        Limits wanted = how.apply(engine.limits());
        engine.limits(wanted);
        limits.set(engine.limits());
    }

    /// What the button says: «Limits», or the limits that bite.
    static String words(Limits limits, DownloadEngine.Senses senses) {
        List<String> set = new ArrayList<>();
        if (limits.bandwidth() > 0) set.add(Formats.speed(limits.bandwidth()));
        limits.hours().ifPresent(h -> set.add(words(Optional.of(h))));
        if (limits.pauseOnBattery() && senses.battery()) set.add(Texts.of("limits.battery.short"));
        return set.isEmpty() ? Texts.of("limits") : Texts.of("limits.some", String.join(", ", set));
    }

    static String words(long bytesPerSecond) {
        return bytesPerSecond == 0 ? Texts.of("limits.speed.off") : Formats.speed(bytesPerSecond);
    }

    static String words(Optional<Hours> hours) {
        return hours.map(h -> h.text().replace("-", "\u2013")).orElseGet(() -> Texts.of("limits.hours.off"));
    }

    /// What people type: «3», «2.5», «800 kB/s», «1,5 MB»; without a unit MB/s. Empty when it is no such thing or too slow to keep a connection.
    static OptionalLong speed(String typed) {
        String text = typed.strip().toLowerCase(Locale.ROOT).replace("/s", "").replace(',', '.').strip();
        double unit = 1e6;
        for (String end : List.of("kb", "mb", "gb", "k", "m", "g")) {
            if (!text.endsWith(end)) continue;
            unit = switch (end.charAt(0)) {
                case 'k' -> 1e3;
                case 'g' -> 1e9;
                default -> 1e6;
            };
            text = text.substring(0, text.length() - end.length()).strip();
            break;
        }
        if (!text.matches("\\d{1,6}(\\.\\d{1,3})?")) return OptionalLong.empty();
        long bytes = Math.round(Double.parseDouble(text) * unit);
        return Limits.isBandwidth(bytes) ? OptionalLong.of(bytes) : OptionalLong.empty();
    }
}
