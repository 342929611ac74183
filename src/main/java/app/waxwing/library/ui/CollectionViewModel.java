package app.waxwing.library.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Library;
import app.waxwing.library.Track;
import app.waxwing.parts.Question;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// One album, playlist or genre with its tracks in playing order. FX thread.
final class CollectionViewModel<T> {
    record Content<T>(T item, List<Track> tracks) {}

    private final Question<Optional<Content<T>>> question;

    CollectionViewModel(Library library, Executor fx, ItemKey key, Function<ItemKey, CompletableFuture<Optional<T>>> find) {
        question = new Question<>(fx,
                () -> find.apply(key).thenCombine(library.tracksOf(key), (item, tracks) -> item.map(i -> new Content<>(i, tracks))));
    }

    /// Empty when the library has no such item any more.
    Question<Optional<Content<T>>> question() {
        return question;
    }

    Optional<Content<T>> content() {
        return question.value().flatMap(c -> c);
    }

    Optional<T> item() {
        return content().map(Content::item);
    }

    static Duration length(List<Track> tracks) {
        return tracks.stream().map(t -> t.duration().orElse(Duration.ZERO)).reduce(Duration.ZERO, Duration::plus);
    }
}
