package app.waxwing.control;

import static app.waxwing.control.Waits.get;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download;
import app.waxwing.download.DownloadEngine.Filter;
import app.waxwing.download.KeepSet.Holder;
import app.waxwing.download.KeepSet.Source;
import app.waxwing.library.LibraryItem;
import app.waxwing.library.Track;
import app.waxwing.server.ItemKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// `downloads delete`: a kept playlist, album or artist is let go as the window lets it go, so that it is not followed any more; what another reason
/// keeps stays, and the answer says what keeps it. A collection that is not kept itself stands for its tracks, as with the other verbs.
final class LettingGo {
    /// Sentences on what stays, before the rest is put into one.
    private static final int SENTENCES = 4;
    private final Engines engines;
    private final Documents documents;
    private final LibraryCommands library;
    private final Function<List<String>, List<Download>> named;
    private final Set<Long> before = new LinkedHashSet<>();
    private final List<Doc> released = new ArrayList<>();

    /// @param named downloads by local number or item id; fails where there are none
    LettingGo(Engines engines, Documents documents, LibraryCommands library, Function<List<String>, List<Download>> named) {
        this.engines = engines;
        this.documents = documents;
        this.library = library;
        this.named = named;
    }

    /// Everything that is kept, collections that hold nothing yet too, and every download.
    Doc all() {
        for (Source source : get(engines.keepSet().sources())) {
            source.key().ifPresent(key -> released.add(documents.collection(key, source.kind(), source.title())));
        }
        List<Long> ids = get(engines.downloads().list(new Filter(List.of()), 0, Integer.MAX_VALUE)).items().stream().map(Download::id)
                .toList();
        before.addAll(ids);
        get(engines.keepSet().releaseAll());
        get(engines.downloads().delete(ids));
        return answer();
    }

    /// Each word is a local number or an item's id; all are looked up before anything goes.
    Doc some(List<String> words) {
        if (words.isEmpty()) throw CommandException.usage("Name at least one download, or --all.");
        List<String> single = new ArrayList<>();
        List<LibraryItem> kept = new ArrayList<>();
        for (String word : words) {
            if (isNumber(word)) {
                single.add(word);
                continue;
            }
            LibraryItem item = library.item(word);
            ItemKind kind = LibraryCommands.kind(item);
            if (kind != ItemKind.TRACK && get(engines.keepSet().kept(kind, item.key()))) kept.add(item);
            else single.add(word);
        }
        List<Long> ids = single.isEmpty() ? List.of() : named.apply(single).stream().map(Download::id).toList();
        before.addAll(ids);
        for (LibraryItem item : kept) {
            Set<ItemKey> keys = Set.copyOf(get(engines.library().tracksOf(item.key())).stream().map(Track::key).toList());
            if (keys.isEmpty()) continue;
            get(engines.downloads().list(new Filter(List.of(), keys), 0, 0)).items().forEach(d -> before.add(d.id()));
        }
        for (LibraryItem item : kept) {
            get(engines.keepSet().release(LibraryCommands.kind(item), item.key()));
            released.add(documents.collection(item.key(), LibraryCommands.kind(item), LibraryCommands.title(item)));
        }
        if (!ids.isEmpty()) get(engines.downloads().delete(ids));
        return answer();
    }

    private static boolean isNumber(String word) {
        return word.matches("\\d{1,18}");
    }

    private Doc answer() {
        List<Download> left = get(engines.downloads().find(before));
        Doc doc = Doc.list(left.stream().map(documents::download).toList(), left.size());
        if (before.size() > left.size()) doc.put("removed", before.size() - left.size());
        if (!released.isEmpty()) doc.put("released", released);
        List<String> said = new ArrayList<>();
        if (!released.isEmpty()) said.add(goes(released.stream().map(r -> r.text("title")).toList()));
        if (!left.isEmpty()) stays(left, doc).ifPresent(said::add);
        long cached = left.stream().filter(d -> d.origin() == Download.Origin.QUEUE || d.origin() == Download.Origin.ALBUM).count();
        if (cached > 0) said.add(cached == 1 ? "1 track stays in the cache for now." : cached + " tracks stay in the cache for now.");
        return said.isEmpty() ? doc : doc.put("message", String.join(" ", said));
    }

    private static String goes(List<String> titles) {
        String names = String.join(", ",
                titles.stream().limit(SENTENCES).map(t -> t.isEmpty() ? "one that is not known here any more" : "«" + t + "»").toList());
        int rest = titles.size() - SENTENCES;
        return names + (rest > 0 ? " and " + rest + " more" : "") + (titles.size() == 1 ? " is" : " are") + " not kept any more.";
    }

    /// Puts down what stays and what keeps it.
    private Optional<String> stays(List<Download> left, Doc doc) {
        Map<ItemKey, List<Holder>> holders = get(engines.keepSet().holders(left.stream().map(Download::key).toList()));
        List<Doc> stays = new ArrayList<>();
        Map<String, List<Download>> alike = new LinkedHashMap<>();
        for (Download d : left) {
            List<Holder> by = holders.getOrDefault(d.key(), List.of());
            if (by.isEmpty()) continue; // wished for again meanwhile, and gone again
            stays.add(Doc.of().put("id", d.id()).put("itemId", d.key().id()).put("title", d.title()).put("keptBy",
                    by.stream().map(h -> documents.collection(h.key(), kind(h, d), h.title())).toList()));
            alike.computeIfAbsent(words(by, d), w -> new ArrayList<>()).add(d);
        }
        if (stays.isEmpty()) return Optional.empty();
        doc.put("stays", stays);
        return Optional.of(sentence(alike));
    }

    /// A genre's wish counts for its tracks one by one.
    private static ItemKind kind(Holder holder, Download d) {
        return holder.kind() == ItemKind.TRACK && !holder.key().equals(d.key()) ? ItemKind.GENRE : holder.kind();
    }

    private static String words(List<Holder> by, Download d) {
        return String.join(" and ", by.stream().map(h -> switch (kind(h, d)) {
            case TRACK -> "a wish for it alone";
            case GENRE -> "a kept genre";
            case PLAYLIST, ALBUM, ARTIST -> h.title().isEmpty()
                    ? "a kept " + h.kind().word() + " that is not known here any more"
                    : "the kept " + h.kind().word() + " «" + h.title() + "»";
        }).distinct().toList());
    }

    private static String sentence(Map<String, List<Download>> alike) {
        List<String> sentences = new ArrayList<>();
        long rest = 0;
        for (var group : alike.entrySet()) {
            List<Download> downloads = group.getValue();
            String verb = group.getKey().contains(" and ") ? " hold " : " holds ";
            if (sentences.size() == SENTENCES) rest += downloads.size();
            else
                if (downloads.size() == 1)
                    sentences.add("«" + downloads.getFirst().title() + "» stays: " + group.getKey() + verb + "it.");
                else
                    sentences.add(
                            downloads.size() + " tracks stay: " + group.getKey().replace("a wish for it alone", "wishes for them alone")
                                    + verb + "them.");
        }
        if (rest > 0) sentences.add(rest == 1 ? "1 more stays, for others hold it." : rest + " more stay, for others hold them.");
        return String.join(" ", sentences);
    }
}
