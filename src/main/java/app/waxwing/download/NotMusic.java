package app.waxwing.download;

import app.waxwing.base.Failure;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/// Pages and words that come where sound should begin: a network's own page, a proxy's error, a service's refusal with 200. They are told by their
/// type or by how they begin, before anything is written or forgotten, since portals lie about the type (B.18). What came last in place of each
/// download is known in memory: a page that comes again is not this network's, since the account's own server was there in between, whatever
/// stands in it. Waiting for it to go would hold up all others. Thread-safe.
final class NotMusic {
    private final Presence presence;
    private final Map<Long, Seen> before = new ConcurrentHashMap<>();

    private record Seen(boolean page, OptionalLong length, Validators validators) {
        /// With a file's date or tag and the same length twice it is what lies on the server, and it stays.
        boolean liesThere(@Nullable Seen last) {
            return last != null && length.equals(last.length()) && validators.equals(last.validators()) && validators.ifRange().isPresent();
        }
    }

    NotMusic(Presence presence) {
        this.presence = presence;
    }

    /// Empty = it may be music. The body is only looked at.
    Optional<TransferEnd> in(BufferedSource body, Entry entry, Answers.Asked asked, Verdict.Whole v) throws IOException {
        byte[] head = Answers.ahead(body, Answers.SNIFF);
        if (FirstBytes.page(head)) return Optional.of(page(entry, asked, new Verdict.Page(v.length(), v.validators())));
        // Music may begin with a line of text; an error is text to its end. More is asked for only then: a body may break off before it comes.
        if (FirstBytes.of(head) == FirstBytes.Kind.WORDS) head = Answers.ahead(body, FirstBytes.ENOUGH);
        if (FirstBytes.of(head) != FirstBytes.Kind.WORDS) return Optional.empty();
        var now = new Seen(false, v.length(), v.validators());
        Seen last = before.put(entry.id(), now);
        String words = "«" + FirstBytes.excerpt(head).orElse("") + "»";
        if (asked.offset() == 0 && now.liesThere(last)) return Optional.of(refused("a text and no music: " + words));
        return Optional.of(new TransferEnd.Broke(Answers.notMusic(words)));
    }

    TransferEnd page(Entry entry, Answers.Asked asked, Verdict.Page v) {
        var now = new Seen(true, v.length(), v.validators());
        Seen last = before.put(entry.id(), now);
        presence.doubt(entry.key().account());
        if (last == null || !last.page()) return Answers.portal(asked).end();
        if (asked.offset() == 0 && now.liesThere(last)) return refused("a web page and no music");
        return new TransferEnd.Broke(Answers.notMusic("a web page"));
    }

    /// Bytes came that may be music.
    void none(long id) {
        before.remove(id);
    }

    private static TransferEnd refused(String what) {
        return new TransferEnd.Refused(new Failure.Trouble("The server", "it sends " + what));
    }
}
