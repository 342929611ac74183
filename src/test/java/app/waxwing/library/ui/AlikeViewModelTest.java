package app.waxwing.library.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.library.Album;
import app.waxwing.library.Availability;
import app.waxwing.library.Track;
import app.waxwing.parts.TileFacts;
import app.waxwing.testing.ui.FakeLibrary;
import app.waxwing.testing.ui.SampleMusic;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// When «more like this» is looked for, and what is done with the answer.
class AlikeViewModelTest {
    private final SampleMusic music = SampleMusic.of(28);
    private final FakeLibrary library = new FakeLibrary(music);
    private final ItemKey album = music.album("Field Notes").key();
    private boolean playableOnly;
    private final AlikeViewModel model = AlikeViewModel.albums(library, Runnable::run, album, () -> playableOnly);

    private List<ItemKey> shown() {
        return model.tiles().get().stream().map(TileFacts::key).toList();
    }

    private CompletableFuture<List<Track>> later() {
        var answer = new CompletableFuture<List<Track>>();
        library.similar = Optional.of(answer);
        return answer;
    }

    /// One track of each of these albums, in this order.
    private List<Track> of(String... titles) {
        return java.util.Arrays.stream(titles).map(t -> music.tracksOf(music.album(t).key()).getFirst()).toList();
    }

    private void open() {
        model.shown();
        model.rowsAreHere();
    }

    @Test
    void nothing_is_asked_before_the_rows_are_here() {
        model.shown();
        model.follow();
        assertThat(library.similarAsked).isEmpty();
        model.rowsAreHere();
        assertThat(library.similarAsked).containsExactly(album);
    }

    @Test
    void albums_come_once_each_the_best_first_and_never_the_album_itself() {
        library.similar = Optional.of(CompletableFuture.completedFuture(of("Granite", "Field Notes", "Signals", "Granite", "Low Orbit")));
        open();
        assertThat(shown()).containsExactly(music.album("Granite").key(), music.album("Signals").key(), music.album("Low Orbit").key());
    }

    @Test
    void at_most_twelve() {
        library.similar = Optional.of(CompletableFuture.completedFuture(music.tracks));
        open();
        assertThat(shown()).hasSize(12).doesNotHaveDuplicates().doesNotContain(album);
    }

    @Test
    void an_artist_has_artists() {
        var artist = music.artists.get(2).key();
        var artists = AlikeViewModel.artists(library, Runnable::run, artist, () -> false);
        library.similar = Optional.of(CompletableFuture.completedFuture(of("Granite", "Field Notes", "Signals")));
        artists.shown();
        artists.rowsAreHere();
        assertThat(artists.tiles().get()).extracting(TileFacts::title).containsExactly("Old Mill Road", "Port Authority");
        assertThat(artists.tiles().get()).allMatch(TileFacts::round);
    }

    @Test
    void what_is_gone_stays_out() {
        library.similar = Optional.of(CompletableFuture.completedFuture(of("Granite", "Signals", "Low Orbit")));
        replace("Granite", Availability.GONE);
        music.albums.removeIf(a -> a.title().equals("Signals"));
        open();
        assertThat(shown()).containsExactly(music.album("Low Orbit").key());
    }

    @Test
    void a_failure_leaves_the_shelf_out_and_is_not_asked_again_by_every_change() {
        library.similar = Optional.of(CompletableFuture.failedFuture(new Failure.Corrupt("The library on this computer").asException()));
        open();
        model.follow();
        model.follow();
        assertThat(shown()).isEmpty();
        assertThat(library.similarAsked).hasSize(1);
        library.similar = Optional.of(CompletableFuture.completedFuture(of("Granite")));
        model.left();
        model.shown();
        assertThat(shown()).containsExactly(music.album("Granite").key());
    }

    @Test
    void an_answer_that_comes_after_the_page_was_left_is_dropped() {
        CompletableFuture<List<Track>> slow = later();
        open();
        model.left();
        slow.complete(of("Granite"));
        assertThat(shown()).isEmpty();
        model.follow();
        assertThat(library.similarAsked).as("nobody sees it").hasSize(1);
    }

    @Test
    void changes_are_followed_without_asking_again_and_every_cover_keeps_its_place() {
        library.similar = Optional.of(CompletableFuture.completedFuture(of("Granite", "Signals", "Low Orbit")));
        open();
        List<ItemKey> before = shown();
        library.similar = Optional.of(CompletableFuture.completedFuture(of("Low Orbit")));
        replace("Signals", Availability.REMOTE);
        model.follow();
        assertThat(shown()).isEqualTo(before);
        assertThat(model.tiles().get().get(1).availability()).isEqualTo(Availability.REMOTE);
        assertThat(library.similarAsked).hasSize(1);
    }

    @Test
    @DisplayName("C.3 8, Issue 4 a page that is come back to shows nothing of a library that was left out meanwhile")
    void whatWasLeftOutMeanwhile() {
        library.similar = Optional.of(CompletableFuture.completedFuture(of("Granite", "Signals", "Low Orbit")));
        open();
        model.left();
        library.similar = Optional.of(CompletableFuture.completedFuture(of("Granite", "Low Orbit")));
        assertThat(shown()).hasSize(3);
        model.shown();
        assertThat(shown()).containsExactly(music.album("Granite").key(), music.album("Low Orbit").key());
    }

    @Test
    void with_playable_now_only_what_plays_now() {
        library.similar = Optional.of(CompletableFuture.completedFuture(of("Harbour Lights", "Night Train", "Granite")));
        open();
        assertThat(shown()).hasSize(3);
        playableOnly = true;
        model.follow();
        assertThat(shown()).containsExactly(music.album("Night Train").key(), music.album("Granite").key());
    }

    private void replace(String title, Availability now) {
        Album a = music.album(title);
        music.albums.set(music.albums.indexOf(a), new Album(a.row(), a.key(), a.title(), a.artist(), a.artistId(), a.year(), a.trackCount(),
                a.duration(), a.favourite(), a.added(), a.cover(), now, 0));
    }
}
