package app.waxwing.settings;

import app.waxwing.base.Quality;
import app.waxwing.download.Hours;
import app.waxwing.download.Limits;
import app.waxwing.playback.PlaybackOptions;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Every option with its value; immutable. [#read] is the one list of keys, defaults and limits. Nothing secret is in here.
///
/// @param quality in which music is kept where nothing else is asked for
public record Options(PlaybackOptions playback, Cache cache, Limits downloads, Quality quality, Appearance appearance, Sound sound,
        Folders folders, Retention retention,
        Network network, Window window) {
    /// As they are when nobody chose anything.
    public static final Options DEFAULT = read(new Reading(Optional.empty()));

    /// What is fetched ahead, and how much of it stays (requirement 2.7).
    ///
    /// @param queuePrecacheCount tracks of the queue that are kept ready ahead
    /// @param albumAffinityThreshold different tracks of one album heard within `albumAffinityDays` that bring in the rest of it
    /// @param limit bytes of files that may be evicted; what the user keeps does not count
    /// @param unmeteredOnly fetch ahead only where bytes cost nothing
    /// @param coverLimit bytes of cover pictures on the disk (requirement 3.20)
    public record Cache(boolean queuePrecache, int queuePrecacheCount, boolean albumAffinity, int albumAffinityThreshold,
            int albumAffinityDays,
            long limit, boolean unmeteredOnly, long coverLimit) {}

    /// @param language a language tag; empty = the system's
    public record Appearance(Theme theme, Optional<Locale> language) {}

    public enum Theme {
        SYSTEM, LIGHT, DARK
    }

    /// @param output as `--audio-out` takes it: `system`, `null` or `wav:FILE`
    public record Sound(String output) {}

    /// @param media where kept music lives; empty = the usual place
    /// @param backups where backups of the library lie; empty = in the data folder
    public record Folders(Optional<Path> media, Optional<Path> backups) {}

    /// How long what was recorded stays, in days; 0 = for ever (requirement 4.18).
    ///
    /// @param logs the program's own log
    /// @param searches what was looked for; 0 = no such history
    public record Retention(int logs, int searches) {}

    /// @param offline as the user set it; stays until the user sets it otherwise
    public record Network(OfflineMode offline) {}

    public enum OfflineMode {
        /// By what answers.
        AUTO,
        /// Nothing is asked of any server.
        ON,
        /// Ask even if a server seems away.
        OFF
    }

    /// How the window was left.
    ///
    /// @param place left and top edge, as `x,y`; empty before the first run
    /// @param orders how lists are sorted, as `albums=YEAR:down;tracks=ARTIST`; those not named have their usual order
    public record Window(int width, int height, String place, boolean maximised, boolean railFolded, boolean panelOpen, int panelWidth,
            String panelTab, boolean playableOnly, String orders, String places) {}

    static Options read(Reading r) {
        r.choice("playback.crossfade", Crossfade.class, Crossfade.OFF);
        return new Options(
                new PlaybackOptions(r.bool("playback.gapless", true),
                        r.choice("playback.loudness", PlaybackOptions.Loudness.class, PlaybackOptions.Loudness.ALBUM),
                        r.number("playback.history-days", 0, 36_500, 730)),
                new Cache(r.bool("cache.queue-precache", true), r.number("cache.queue-precache-count", 1, 50, 5),
                        r.bool("cache.album-affinity", true), r.number("cache.album-affinity-threshold", 1, 100, 3),
                        r.number("cache.album-affinity-days", 1, 365, 30), r.bytes("cache.limit", 10L << 30),
                        r.bool("cache.unmetered-only", true), r.bytes("covers.limit", 10_000_000, "10MB", 500_000_000)),
                limits(r), r.quality("downloads.quality"),
                new Appearance(r.choice("appearance.theme", Theme.class, Theme.SYSTEM), r.language("appearance.language")),
                new Sound(r.text("sound.output", "system", "system, null or wav:FILE", t -> t.matches("system|null|wav:.+"))),
                new Folders(r.folder("folders.media"), r.folder("folders.backups")),
                new Retention(r.number("logs.days", 1, 3_650, 30), r.number("search.history-days", 0, 3_650, 90)),
                new Network(r.choice("network.offline", OfflineMode.class, OfflineMode.AUTO)),
                new Window(r.number("window.width", 400, 20_000, 1440), r.number("window.height", 300, 20_000, 900),
                        r.text("window.place", "", "x,y", t -> t.matches("|-?\\d{1,6},-?\\d{1,6}")), r.bool("window.maximised", false),
                        r.bool("window.rail-folded", false), r.bool("window.panel-open", true),
                        r.number("window.panel-width", 200, 2000, 320),
                        r.text("window.panel-tab", "queue", "a word", t -> t.matches("[a-z-]{1,40}")),
                        r.bool("window.playable-only", false),
                        r.text("window.orders", "", "name=ORDER;…", t -> t.length() < 2000 && t.matches("([a-z-]+=[A-Z_]*(:down)?;?)*")),
                        r.text("window.places", "", "name=N;…", t -> t.length() < 2000 && t.matches("([a-z-]+=\\d{1,9};?)*"))));
    }

    private static Limits limits(Reading r) {
        Limits usual = Limits.USUAL;
        return new Limits(r.number("downloads.at-once", 1, Limits.MOST_AT_ONCE, usual.atOnce()), r.bandwidth("downloads.bandwidth"),
                r.bandwidth("downloads.bandwidth-while-streaming"),
                Hours.parse(r.text("downloads.hours", "", "hours such as 01:00-07:00, or nothing for all day",
                        t -> t.isEmpty() || Hours.parse(t).isPresent())),
                r.bool("downloads.unmetered-only", usual.unmeteredOnly()),
                r.bool("cache.unmetered-only", usual.prefetchUnmeteredOnly()),
                r.bool("downloads.pause-on-battery", usual.pauseOnBattery()));
    }

    /// The same limits by key, as [Settings#set] takes them.
    public static Map<String, String> texts(Limits limits) {
        return Map.of("downloads.at-once", String.valueOf(limits.atOnce()), "downloads.bandwidth", String.valueOf(limits.bandwidth()),
                "downloads.bandwidth-while-streaming", String.valueOf(limits.bandwidthWhileStreaming()), "downloads.hours",
                limits.hours().map(Hours::text).orElse(""), "downloads.unmetered-only", String.valueOf(limits.unmeteredOnly()),
                "cache.unmetered-only", String.valueOf(limits.prefetchUnmeteredOnly()), "downloads.pause-on-battery",
                String.valueOf(limits.pauseOnBattery()));
    }

    /// The mixer joins tracks and does not blend them: `off` is what there is.
    private enum Crossfade {
        OFF
    }
}
