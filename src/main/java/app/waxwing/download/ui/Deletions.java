package app.waxwing.download.ui;

import app.waxwing.base.FailureWords;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.KeepSet;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Notices;
import app.waxwing.kit.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/// Deletes files by the user's word and says what became of them: which go, how to take that back (4.19), which stay because a playlist keeps
/// them.
///
/// @param again reads the page anew
record Deletions(DownloadEngine engine, KeepSet keep, Executor fx, Notices notices, Runnable again) {
    CompletableFuture<Void> delete(List<Download> downloads) {
        List<Long> ids = downloads.stream().map(Download::id).toList();
        return engine.delete(ids).thenCompose(x -> engine.find(ids)).thenCompose(stay -> {
            List<ItemKey> keys = stay.stream().map(Download::key).toList();
            return stay.isEmpty()
                    ? CompletableFuture.completedFuture(new Outcome(stay, Map.of()))
                    : keep.playlists(keys).thenApply(by -> new Outcome(stay, by));
        }).thenAccept(outcome -> fx.execute(() -> say(downloads, outcome)));
    }

    /// @param playlists that keep what stays, by track
    private record Outcome(List<Download> stay, Map<ItemKey, List<String>> playlists) {
        String words() {
            Set<String> titles = new TreeSet<>();
            playlists.values().forEach(titles::addAll);
            boolean one = titles.size() == 1 && !titles.iterator().next().isEmpty();
            String key = one ? "said.download.stays" : "said.download.stays.lists";
            return Texts.count(key, stay.size(), stay.getFirst().title(), one ? titles.iterator().next() : "");
        }
    }

    private void say(List<Download> downloads, Outcome outcome) {
        Set<Long> stay = new HashSet<>();
        outcome.stay().forEach(d -> stay.add(d.id()));
        List<Download> gone = downloads.stream().filter(d -> !stay.contains(d.id())).toList();
        if (gone.isEmpty()) {
            if (!stay.isEmpty()) notices.say(outcome.words());
            return;
        }
        String words = Texts.count("said.download.deleted", gone.size(), gone.getFirst().title());
        notices.say(stay.isEmpty() ? words : words + ". " + outcome.words(), Texts.of("said.undo"), DownloadEngine.UNDO,
                () -> takeBack(gone));
    }

    /// A wish for the same in time finds the files.
    private void takeBack(List<Download> downloads) {
        for (var alike : downloads.stream().collect(Collectors.groupingBy(d -> List.of(d.origin(), d.priority(), d.quality()))).values()) {
            Download first = alike.getFirst();
            Fx.on(fx, engine.enqueue(alike.stream().map(Download::key).toList(), first.origin(), first.priority(), first.quality()),
                    back -> again.run(), failure -> notices.failed(FailureWords.sentence(failure)));
        }
    }
}
