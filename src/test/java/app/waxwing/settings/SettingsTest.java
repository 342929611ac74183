package app.waxwing.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.Quality;
import app.waxwing.base.FailureException;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.download.Hours;
import app.waxwing.download.Limits;
import app.waxwing.playback.PlaybackOptions.Loudness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @TempDir
    Path folder;
    private Path file;
    private final List<Runnable> due = new ArrayList<>();

    private final Time time = new Time() {
        @Override
        public Instant now() {
            return Instant.parse("2026-02-03T04:05:06Z");
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Subscription after(Duration delay, Runnable task) {
            assertThat(delay).isEqualTo(Duration.ofSeconds(1));
            due.add(task);
            return () -> due.remove(task);
        }

        @Override
        public Subscription every(Duration period, Runnable task) {
            throw new UnsupportedOperationException();
        }
    };

    @BeforeEach
    void place() {
        file = folder.resolve("settings.json");
    }

    private Settings open() {
        return Settings.open(file, time, Runnable::run);
    }

    private void secondLater() {
        List.copyOf(due).forEach(Runnable::run);
        due.clear();
    }

    @Test
    void withoutAFileTheDefaultsServeAndNothingIsWritten() {
        Settings settings = open();
        assertThat(settings.options()).isEqualTo(Options.DEFAULT);
        assertThat(settings.troubles()).isEmpty();
        assertThat(settings.options().cache())
                .isEqualTo(new Options.Cache(true, 5, true, 3, 30, 10L * 1024 * 1024 * 1024, true, 500_000_000));
        assertThat(settings.options().downloads().atOnce()).isEqualTo(3);
        assertThat(settings.options().playback().loudness()).isEqualTo(Loudness.ALBUM);
        assertThat(settings.options().playback().gapless()).isTrue();
        assertThat(settings.get("playback.crossfade")).isEqualTo("off");
        settings.close();
        assertThat(file).doesNotExist();
    }

    @Test
    @DisplayName("4.5 settings: a change is told at once, written a second later and read again")
    void aChangeIsToldAtOnceWrittenASecondLaterAndReadAgain() {
        Settings settings = open();
        var seen = new ArrayList<Options>();
        settings.changes().subscribe(seen::add);
        settings.set("appearance.theme", "dark");
        settings.set("cache.limit", "20GiB");
        settings.set("cache.queue-precache", "off");
        settings.set("appearance.language", "de_CH");
        settings.set("appearance.theme", "Dark");
        assertThat(seen).hasSize(4);
        assertThat(file).doesNotExist();
        assertThat(due).as("one write for all").hasSize(1);
        secondLater();
        Settings again = open();
        assertThat(again.options()).isEqualTo(settings.options()).isEqualTo(seen.getLast());
        assertThat(again.options().appearance()).isEqualTo(
                new Options.Appearance(Options.Theme.DARK, java.util.Optional.of(Locale.forLanguageTag("de-CH"))));
        assertThat(again.get("cache.limit")).isEqualTo(20L << 30);
        assertThat(again.get("cache.queue-precache")).isEqualTo(false);
    }

    @Test
    @DisplayName("2.7 the smart cache's six choices: named, with the requirement's defaults, each remembered; a wrong value changes nothing")
    void smartCache() {
        Settings settings = open();
        Map<String, Object> usual = Map.of("cache.queue-precache", true, "cache.queue-precache-count", 5, "cache.album-affinity", true,
                "cache.album-affinity-threshold", 3, "cache.limit", 10L << 30, "cache.unmetered-only", true);
        usual.forEach((key, value) -> assertThat(settings.get(key)).as(key).isEqualTo(value));
        settings.set(Map.of("cache.queue-precache", "off", "cache.queue-precache-count", "12", "cache.album-affinity", "off",
                "cache.album-affinity-threshold", "4", "cache.limit", "500MB", "cache.unmetered-only", "off"));
        assertThatThrownBy(() -> settings.set("cache.queue-precache-count", "51")).isInstanceOf(FailureException.class);
        assertThatThrownBy(() -> settings.set("cache.limit", "-1")).isInstanceOf(FailureException.class);
        settings.close();
        assertThat(open().options().cache()).isEqualTo(new Options.Cache(false, 12, false, 4, 30, 500_000_000, false, 500_000_000));
    }

    @Test
    @DisplayName("issue 3 the quality of downloads goes by the words that «download --quality» takes; a file of before has it with an underscore")
    void quality() throws IOException {
        Settings settings = open();
        assertThat(settings.get("downloads.quality")).isEqualTo("original");
        for (Quality quality : Quality.values()) {
            settings.set("downloads.quality", quality.word());
            assertThat(settings.options().quality()).isEqualTo(quality);
            assertThat(settings.get("downloads.quality")).isEqualTo(quality.word());
        }
        settings.set("downloads.quality", "OPUS_96");
        assertThat(settings.get("downloads.quality")).isEqualTo("opus-96");
        assertThatThrownBy(() -> settings.set("downloads.quality", "opus-1"))
                .hasMessageContaining("one of original, opus-64, opus-96, opus-128,")
                .hasMessageContaining("not «opus-1»");
        settings.close();
        Path before = Files.writeString(folder.resolve("before.json"), "{\"downloads\": {\"quality\": \"mp3_320\"}}");
        Settings read = Settings.open(before, time, Runnable::run);
        assertThat(read.troubles()).isEmpty();
        assertThat(read.options().quality()).isEqualTo(Quality.MP3_320);
        assertThat(read.get("downloads.quality")).isEqualTo("mp3-320");
    }

    @Test
    @DisplayName("Limits of downloads by key, and all of them back as keys")
    void limits() {
        Settings settings = open();
        assertThat(settings.options().downloads()).isEqualTo(Limits.USUAL);
        settings.set("downloads.at-once", "8");
        settings.set("downloads.bandwidth", "2MB");
        settings.set("downloads.bandwidth-while-streaming", "500kb");
        settings.set("downloads.hours", "23:30 - 07:00");
        settings.set("downloads.unmetered-only", "off");
        settings.set("downloads.pause-on-battery", "on");
        settings.set("cache.unmetered-only", "no");
        var limits = new Limits(8, 2_000_000, 500_000, Hours.parse("23:30-07:00"), false, false, true);
        assertThat(settings.options().downloads()).isEqualTo(limits);
        settings.close();
        assertThat(open().options().downloads()).isEqualTo(limits);
        Settings other = Settings.open(folder.resolve("other.json"), time, Runnable::run);
        other.set(Options.texts(limits));
        assertThat(other.options().downloads()).isEqualTo(limits);
        other.set(Options.texts(Limits.USUAL));
        assertThat(other.options().downloads()).isEqualTo(Limits.USUAL);
        assertThat(other.get("downloads.hours")).isEqualTo("");
    }

    @Test
    void closingWritesWhatWaits() {
        Settings settings = open();
        settings.set("downloads.at-once", "5");
        settings.close();
        assertThat(open().options().downloads().atOnce()).isEqualTo(5);
    }

    @Test
    void unknownKeysAndValuesNotUnderstoodAreKept() throws IOException {
        Files.writeString(file, """
                {"cache": {"limit": "plenty", "future": {"a": [1, 2]}}, "appearance": {"theme": "dark"}, "later": 7}""");
        Settings settings = open();
        assertThat(settings.troubles()).singleElement().asString()
                .isEqualTo("In the settings, cache.limit takes a size such as 500MB or 10GiB, not «plenty»; the usual value is used.");
        assertThat(settings.options().cache().limit()).isEqualTo(10L << 30);
        assertThat(settings.options().appearance().theme()).isEqualTo(Options.Theme.DARK);
        settings.set("downloads.at-once", "4");
        secondLater();
        assertThat(Files.readString(file)).contains("\"plenty\"", "\"future\"", "\"later\" : 7", "\"at-once\" : 4");
        settings.set("cache.limit", "1000");
        secondLater();
        assertThat(settings.troubles()).isEmpty();
        assertThat(Files.readString(file)).contains("\"limit\" : 1000").doesNotContain("plenty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"cache\": {", "", "[1]", "\u0000\u0001 garbage", "true"})
    @DisplayName("A damaged file is set aside and said, the defaults serve (4.3)")
    void aDamagedFileIsSetAside(String contents) throws IOException {
        Files.writeString(file, contents);
        Settings settings = open();
        assertThat(settings.options()).isEqualTo(Options.DEFAULT);
        assertThat(settings.troubles()).singleElement().asString().contains("settings.json.damaged-20260203-040506");
        assertThat(folder.resolve("settings.json.damaged-20260203-040506")).hasContent(contents);
        settings.set("appearance.theme", "light");
        secondLater();
        assertThat(open().options().appearance().theme()).isEqualTo(Options.Theme.LIGHT);
    }

    @ParameterizedTest
    @CsvSource({"downloads.at-once, 9, 'a whole number from 1 to 8, not «9»'", "downloads.at-once, many, whole number",
            "appearance.theme, pink, 'one of system, light, dark'", "cache.queue-precache, maybe, true or false",
            "cache.limit, -1, 500MB", "covers.limit, 9MB, 'at least 10MB'", "cache.limit, 99999999TiB, 500MB",
            "playback.crossfade, on, only off",
            "playback.loudness, loud, 'off, track, album'", "folders.media, music, whole path",
            "downloads.bandwidth, 5KB, 'at least 16KB'", "downloads.bandwidth-while-streaming, fast, 'or 0 for no limit'",
            "downloads.hours, 1-7, hours such as 01:00-07:00", "downloads.hours, 07:00-07:00, hours such as",
            "downloads.at-once, 0, from 1 to 8",
            "downloads.pause-on-battery, sometimes, true or false",
            "sound.output, speaker, 'system, null or wav:FILE'",
            "appearance.language, 12!, a language"})
    @DisplayName("A value that makes no sense is refused with what would (0.22, 4.3)")
    void nonsenseIsRefused(String key, String value, String words) {
        Settings settings = open();
        Object before = settings.get(key);
        assertThatThrownBy(() -> settings.set(key, value)).isInstanceOf(FailureException.class).hasMessageContaining(words);
        assertThat(settings.get(key)).isEqualTo(before);
        assertThat(due).isEmpty();
    }

    @Test
    void unknownKeysAreRefused() {
        Settings settings = open();
        assertThatThrownBy(() -> settings.get("cache.colour")).hasMessageContaining("cache.colour");
        assertThatThrownBy(() -> settings.set("cache", "1")).hasMessageContaining("cache");
        assertThatThrownBy(() -> settings.set(Map.of("downloads.at-once", "2", "x", "1"))).isInstanceOf(FailureException.class);
        assertThat(settings.options().downloads().atOnce()).isEqualTo(3);
    }

    @Test
    @DisplayName("A folder that cannot serve is refused with the reason (0.22)")
    void aFolderThatCannotServeIsRefused() throws IOException {
        Settings settings = open();
        Path plain = Files.createFile(folder.resolve("plain"));
        assertThatThrownBy(() -> settings.set("folders.media", plain.resolve("music").toString())).hasMessageContaining("is a file");
        settings.set("folders.media", folder.resolve("new").resolve("music").toString());
        assertThat(settings.options().folders().media()).contains(folder.resolve("new").resolve("music"));
        settings.set("folders.media", "");
        assertThat(settings.options().folders().media()).isEmpty();
    }

    @Test
    void allListsEveryKeyWithItsTypedValue() {
        assertThat(open().all()).containsEntry("cache.queue-precache-count", 5).containsEntry("cache.unmetered-only", true)
                .containsEntry("appearance.theme", "system").containsEntry("folders.media", "");
    }
}
