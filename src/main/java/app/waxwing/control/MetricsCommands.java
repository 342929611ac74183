package app.waxwing.control;

import app.waxwing.settings.Metrics;
import app.waxwing.settings.MetricsFile;
import app.waxwing.settings.MetricsText;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/// Figures of caches and database.
final class MetricsCommands {
    private final Supplier<Engines> source;

    MetricsCommands(Supplier<Engines> source) {
        this.source = source;
    }

    private Metrics metrics() {
        return source.get().diagnosis().metrics();
    }

    List<CommandSpec> specs() {
        return List.of(
                command("metrics", "", "what caches and database did: hits, misses, times, sizes, errors, calls saved", 0, this::show),
                command("metrics reset", "", "the caches' figures begin at nought again; what they hold stays", 0, c -> {
                    metrics().reset();
                    c.out().accept(Doc.of().put("reset", true));
                }), command("metrics export", "FILE", "writes them into a new file, by its name as .json or .csv", 1, this::export));
    }

    private static CommandSpec command(String name, String arguments, String help, int words, CommandSpec.Action action) {
        return new CommandSpec(name, arguments, help, Set.of(), Set.of(), words, words, false, action);
    }

    private void show(Call call) {
        Doc doc = Doc.of();
        MetricsText.fields(metrics().look()).forEach(doc::put);
        call.out().accept(doc);
    }

    private void export(Call call) {
        Path file = Path.of(call.word(0)).toAbsolutePath().normalize();
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".json") && !name.endsWith(".csv")) throw CommandException.usage("The file's name ends in .json or .csv.");
        Metrics.View view = metrics().look();
        MetricsFile.write(file, view);
        call.out().accept(Doc.of().put("file", file.toString()).put("caches", view.caches().size()));
    }
}
