package app.waxwing.playback.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.library.Library;
import app.waxwing.library.Track;
import app.waxwing.playback.Player.Repeat;
import app.waxwing.playback.ui.LyricsViewModel.Words;
import app.waxwing.playback.ui.QueueRow.Heading;
import app.waxwing.playback.ui.QueueRow.Item;
import app.waxwing.playback.ui.QueueRow.Place;
import app.waxwing.testing.ui.FakeNotices;
import app.waxwing.testing.ui.FakeServices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The player's view models, without a toolkit.
class PlaybackViewModelsTest {
    private final FakeServices fake = FakeServices.sample();
    private final FakeNotices notices = new FakeNotices();
    private final NowViewModel now = new NowViewModel(fake.player, fake.library, fake.userState, notices, Runnable::run);
    private final QueueViewModel queue = new QueueViewModel(fake.player, fake.library, fake.userState, notices, Runnable::run);

    private List<String> shown() {
        return queue.rows().stream().map(row -> switch (row) {
            case Heading h -> "# " + h.words() + (h.note().isEmpty() ? "" : " | " + h.note());
            case Item i -> i.track().title();
        }).toList();
    }

    private Item item(String title) {
        return queue.rows().stream().filter(Item.class::isInstance).map(Item.class::cast).filter(i -> i.track().title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theQueueReadsAsItWillPlay() {
        assertThat(shown()).startsWith("# ALREADY PLAYED | 1", "# NOW PLAYING", "Platform Four", "# NEXT UP · YOURS", "雪明かり",
                "# FROM NIGHT TRAIN TO LUND | next 6 ready offline", "Sleeper Car");
        assertThat(queue.totalProperty().get()).isEqualTo("13 tracks · 54 min");
        assertThat(item("Platform Four").place()).isEqualTo(Place.NOW);
        assertThat(item("Terminus").ready()).isFalse();
    }

    @Test
    void whatWasPlayedIsFoldedUntilAskedFor() {
        queue.showPlayedProperty().set(true);
        assertThat(shown()).startsWith("# ALREADY PLAYED | 1", "Departures");
        queue.showPlayedProperty().set(false);
        assertThat(shown()).startsWith("# ALREADY PLAYED | 1", "# NOW PLAYING");
    }

    @Test
    void removingIsSaidAndTakenBack() {
        List<String> before = shown();
        queue.remove(List.of(item("Customs"), item("Sleeper Car")));
        assertThat(shown()).doesNotContain("Customs", "Sleeper Car");
        assertThat(notices.said).containsExactly("2 tracks removed from the queue");
        notices.offered.getFirst().run();
        assertThat(shown()).isEqualTo(before);
    }

    @Test
    void aRowMovesWhereItIsDroppedAndNotWhileShuffled() {
        queue.move(item("Customs"), item("Sleeper Car"));
        assertThat(shown()).containsSubsequence("Customs", "Sleeper Car");
        queue.moveToTop(item("Terminus"));
        assertThat(shown()).containsSubsequence("# NOW PLAYING", "Platform Four", "Terminus", "雪明かり");
        fake.player.shuffle(true);
        List<String> shuffled = shown();
        queue.move(item("Customs"), item("Sleeper Car"));
        assertThat(shown()).isEqualTo(shuffled);
    }

    @Test
    void jumpingPlaysTheRow() {
        queue.jump(item("Öresund"));
        assertThat(now.trackProperty().get().map(Track::title)).contains("Öresund");
        assertThat(item("Öresund").place()).isEqualTo(Place.NOW);
    }

    @Test
    void nothingToUndoIsSaid() {
        queue.undo();
        assertThat(notices.said).containsExactly("There is nothing to take back");
    }

    @Test
    @DisplayName("a queue of 20,000 is listed whole; the list on screen is virtual")
    void twentyThousand() {
        var many = new ArrayList<Track>();
        while (many.size() < 20_000) many.addAll(fake.music.tracks);
        fake.player.play(many.subList(0, 20_000), 0, "Everything");
        assertThat(queue.rows()).hasSize(20_000 + 2);
        assertThat(queue.totalProperty().get()).startsWith("20,000 tracks");
    }

    @Test
    void theBarSaysWhereTheSoundComesFrom() {
        assertThat(now.sourceWords()).contains("FLAC · local");
        queue.jump(item("Terminus"));
        assertThat(now.sourceWords()).contains("FLAC · stream");
        assertThat(now.bufferedPart()).isBetween(0.7, 0.8);
    }

    @Test
    void seekingStaysInsideTheTrack() {
        now.seekBy(Duration.ofSeconds(-500));
        assertThat(fake.player.position()).isZero();
        now.seekBy(Duration.ofHours(1));
        assertThat(fake.player.position()).isEqualTo(now.length());
        now.seekTo(0.5);
        assertThat(fake.player.position()).isEqualTo(Duration.ofSeconds(134));
    }

    @Test
    void favouriteTurnsAtOnceAndIsKept() {
        assertThat(now.favouriteProperty().get()).isTrue();
        now.toggleFavourite();
        assertThat(now.favouriteProperty().get()).isFalse();
        assertThat(fake.userState.done).containsExactly("unfavourite track track-1-1");
    }

    @Test
    void muteGivesTheOldVolumeBackAndRepeatGoesRound() {
        now.mute();
        assertThat(now.stateProperty().get().volume()).isZero();
        now.mute();
        assertThat(now.stateProperty().get().volume()).isEqualTo(66);
        now.cycleRepeat();
        assertThat(now.stateProperty().get().repeat()).isEqualTo(Repeat.ALL);
        now.cycleRepeat();
        now.cycleRepeat();
        assertThat(now.stateProperty().get().repeat()).isEqualTo(Repeat.OFF);
    }

    @Test
    void aTrackThatCannotPlayIsSaidOnceAsASentence() {
        fake.player.fail(new Failure.Unplayable("Platform Four", "it holds no sound"));
        fake.library.changes.publish(Library.Change.AVAILABILITY);
        assertThat(notices.said).containsExactly("Could not play «Platform Four». Platform Four cannot be played: it holds no sound.");
    }

    @Test
    void theWordsFollowTheMusic() {
        var lyrics = new LyricsViewModel(now, fake.library, fake.accounts.reachability(), Runnable::run);
        lyrics.wanted(true);
        assertThat(lyrics.wordsProperty().get()).isInstanceOf(Words.Lines.class);
        assertThat(lyrics.lineProperty().get()).isEqualTo(2);
        fake.player.at(Duration.ofSeconds(10));
        lyrics.sample();
        assertThat(lyrics.lineProperty().get()).isEqualTo(-1);
        if (lyrics.wordsProperty().get() instanceof Words.Lines lines) lyrics.seekTo(lines.lines().get(5));
        assertThat(lyrics.lineProperty().get()).isEqualTo(5);
        fake.player.next();
        assertThat(lyrics.wordsProperty().get()).isInstanceOf(Words.None.class);
    }

    @Test
    @DisplayName("C.3 14 words that could not be read are asked for again when the panel is opened, when the server is back, and by the button; not else")
    void theWordsThatCouldNotBeRead() {
        var lyrics = new LyricsViewModel(now, fake.library, fake.accounts.reachability(), Runnable::run);
        fake.library.noWords = Optional.of(new Failure.Trouble("home-server", "it had an error of its own (500)"));
        lyrics.wanted(true);
        assertThat(lyrics.wordsProperty().get()).isEqualTo(new Words.Failed("Home-server: it had an error of its own (500)."));
        fake.library.noWords = Optional.empty();
        lyrics.wanted(false);
        lyrics.wanted(true);
        assertThat(lyrics.wordsProperty().get()).isInstanceOf(Words.Lines.class);
        lyrics.wanted(false);
        lyrics.wanted(true);
        assertThat(fake.library.wordsAsked).as("what is here is not asked for again").hasSize(2);

        fake.library.noWords = Optional.of(new Failure.Offline("home-server"));
        lyrics.again();
        assertThat(lyrics.wordsProperty().get()).isEqualTo(new Words.Failed("home-server cannot be reached."));
        fake.accounts.away(false);
        assertThat(fake.library.wordsAsked).as("it was not known to be away: no endless asking").hasSize(3);
        fake.accounts.away(true);
        assertThat(fake.library.wordsAsked).hasSize(3);
        fake.library.noWords = Optional.empty();
        fake.accounts.away(false);
        assertThat(lyrics.wordsProperty().get()).isInstanceOf(Words.Lines.class);
        lyrics.close();
        fake.accounts.away(true);
        fake.accounts.away(false);
        assertThat(fake.library.wordsAsked).hasSize(4);
    }

    @Test
    @DisplayName("C.3 14 a track without words is looked for again when the panel is opened again: by then its server may have some")
    void noneIsNotForEver() {
        var lyrics = new LyricsViewModel(now, fake.library, fake.accounts.reachability(), Runnable::run);
        lyrics.wanted(true);
        fake.player.next();
        assertThat(lyrics.wordsProperty().get()).isInstanceOf(Words.None.class);
        lyrics.wanted(false);
        lyrics.wanted(true);
        assertThat(fake.library.wordsAsked).hasSize(3);
    }
}
