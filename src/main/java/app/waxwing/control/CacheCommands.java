package app.waxwing.control;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.FailureWords;
import app.waxwing.settings.CacheUse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// The smart cache: what is fetched ahead, how much of it stays, and what it was good for.
final class CacheCommands {
    private static final String LIMIT = "limit";
    private static final List<String> KEYS = List.of("queue-precache", "queue-precache-count", "album-affinity",
            "album-affinity-threshold", LIMIT, "unmetered-only");
    private final Supplier<Engines> source;

    CacheCommands(Supplier<Engines> source) {
        this.source = source;
    }

    private Engines engines() {
        return source.get();
    }

    List<CommandSpec> specs() {
        return List.of(
                command("cache status", "", "the music cache: what it holds, how often it served, what is chosen for it", 0, this::status),
                command("cache clear", "", "throws away what is cached and neither plays nor is next; what is kept stays", 0, c -> {
                    long freed = engines().cache().clear();
                    c.out().accept(held(Doc.of().put("freed", freed)));
                }), command("cache set", "KEY VALUE", "changes what is cached; KEY is one of " + String.join(", ", KEYS), 2, this::set));
    }

    private static CommandSpec command(String name, String arguments, String help, int words, CommandSpec.Action action) {
        return new CommandSpec(name, arguments, help, Set.of(), Set.of(), words, words, false, action);
    }

    private void status(Call call) {
        CacheUse.Figures f = engines().cache().look();
        call.out().accept(Doc.of().put("limit", chosen(LIMIT)).put("used", f.used()).put("pinned", f.pinned()).put("files", f.files())
                .put("hits", f.hits()).put("misses", f.misses()).put("hitRate", rate(f.hitRate())).put("evictions", f.evictions())
                .put("bytesFromDisk", f.bytesFromDisk()).put("bytesFromNetwork", f.bytesFromNetwork())
                .put("queuePrecache", chosen("queue-precache")).put("queuePrecacheCount", chosen("queue-precache-count"))
                .put("albumAffinity", chosen("album-affinity")).put("albumAffinityThreshold", chosen("album-affinity-threshold"))
                .put("unmeteredOnly", chosen("unmetered-only")));
    }

    /// A smaller limit has done its work when the answer comes.
    private void set(Call call) {
        String key = call.word(0);
        if (!KEYS.contains(key)) {
            throw CommandException.usage("The cache has no setting «" + key + "»; it has " + String.join(", ", KEYS) + ".");
        }
        try {
            engines().settings().set("cache." + key, call.word(1));
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Invalid) throw CommandException.usage(FailureWords.sentence(e.failure()));
            throw e;
        }
        Doc doc = Doc.of().put("key", key).put("value", chosen(key));
        if (key.equals(LIMIT)) {
            engines().cache().fit();
            held(doc);
        }
        call.out().accept(doc);
    }

    private Doc held(Doc doc) {
        CacheUse.Figures f = engines().cache().look();
        return doc.put("used", f.used()).put("files", f.files());
    }

    private Object chosen(String key) {
        return engines().settings().get("cache." + key);
    }

    private static BigDecimal rate(double rate) {
        BigDecimal four = BigDecimal.valueOf(rate).setScale(4, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return four.scale() < 0 ? four.setScale(0) : four;
    }
}
