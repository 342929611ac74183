package app.waxwing.control;

import app.waxwing.base.FailureException;
import app.waxwing.base.FailureWords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/// All commands: their grammar, which needs no engines, and how they are carried out. Thread-safe; [#run] blocks its caller.
public final class Commands {
    private final Map<String, CommandSpec> specs = new LinkedHashMap<>();

    /// @param engines asked when a command runs, not before
    public Commands(Supplier<Engines> engines) {
        var documents = new Documents(engines);
        var library = new LibraryCommands(engines, documents);
        for (List<CommandSpec> group : List.of(new AccountCommands(engines, documents).specs(), new SyncCommands(engines).specs(),
                library.specs(),
                new DownloadCommands(engines, documents, library).specs(), List.of(new NetworkCommand(engines).spec()),
                new PlayerCommands(engines, documents, library).specs(),
                new SystemCommands(engines, documents, library).specs(), new KeepingCommands(engines, documents).specs(),
                new MetricsCommands(engines).specs(), new CacheCommands(engines).specs())) {
            for (CommandSpec spec : group) specs.put(spec.name(), spec);
        }
    }

    /// The grammar alone, for help and for refusing wrong usage before anything starts.
    public static Commands grammar() {
        return new Commands(() -> {
            throw new IllegalStateException("a grammar has no engines");
        });
    }

    public List<CommandSpec> specs() {
        return List.copyOf(specs.values());
    }

    /// A command's words told apart.
    ///
    /// @param help `--help` was among them
    public record Parsed(CommandSpec spec, List<String> words, Map<String, String> options, boolean help) {
        /// It prints documents until it is interrupted.
        public boolean follows() {
            return spec.name().equals("downloads watch") || options.containsKey("follow");
        }
    }

    /// @throws CommandException on wrong usage
    public Parsed parse(List<String> arguments) {
        if (arguments.isEmpty()) throw CommandException.usage("Name a command; «waxwing --help» lists them.");
        String two = arguments.size() > 1 ? arguments.get(0) + " " + arguments.get(1) : "";
        CommandSpec spec = specs.containsKey(two) ? specs.get(two) : specs.get(arguments.get(0));
        if (spec == null) {
            boolean group = specs.keySet().stream().anyMatch(n -> n.startsWith(arguments.get(0) + " "));
            throw CommandException.usage(group
                    ? "«waxwing " + arguments.get(0) + "» takes one of: " + verbs(arguments.get(0)) + "."
                    : "There is no command «" + arguments.get(0) + "»; «waxwing --help» lists them.");
        }
        List<String> words = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        boolean help = false;
        boolean onlyWords = false;
        List<String> rest = arguments.subList(spec.name().split(" ").length, arguments.size());
        for (int i = 0; i < rest.size(); i++) {
            String argument = rest.get(i);
            if (onlyWords || !argument.startsWith("--")) {
                words.add(argument);
            } else if (argument.equals("--")) {
                onlyWords = true;
            } else if (argument.equals("--help")) {
                help = true;
            } else {
                int equals = argument.indexOf('=');
                String name = argument.substring(2, equals < 0 ? argument.length() : equals);
                if (spec.flags().contains(name) && equals < 0) {
                    options.put(name, "");
                } else if (spec.valued().contains(name)) {
                    if (equals >= 0) options.put(name, argument.substring(equals + 1));
                    else if (i + 1 < rest.size()) options.put(name, rest.get(++i));
                    else throw CommandException.usage("--" + name + " wants a value. Usage: " + spec.usage());
                } else if (spec.flags().contains(name)) {
                    throw CommandException.usage("--" + name + " takes no value. Usage: " + spec.usage());
                } else {
                    throw CommandException.usage("«waxwing " + spec.name() + "» has no option --" + name + ". Usage: " + spec.usage());
                }
            }
        }
        if (!help && (words.size() < spec.least() || words.size() > spec.most())) throw CommandException.usage("Usage: " + spec.usage());
        return new Parsed(spec, words, options, help);
    }

    /// What `--help` says of a command, or of the commands that begin with its word; empty when there are none.
    public List<CommandSpec> about(List<String> arguments) {
        List<String> words = arguments.stream().filter(a -> !a.startsWith("-")).limit(2).toList();
        if (words.isEmpty()) return List.of();
        CommandSpec two = specs.get(String.join(" ", words));
        if (two != null && words.size() == 2) return List.of(two);
        String first = words.getFirst();
        return specs.values().stream().filter(s -> s.name().equals(first) || s.name().startsWith(first + " ")).toList();
    }

    private String verbs(String group) {
        return String.join(", ",
                specs.keySet().stream().filter(n -> n.startsWith(group + " ")).map(n -> n.substring(group.length() + 1)).toList());
    }

    /// How a command ended.
    ///
    /// @param code stable word of the trouble, empty when done
    /// @param sentence plain words for stderr, empty when done
    public record Outcome(Exit exit, String code, String sentence) {
        static final Outcome DONE = new Outcome(Exit.DONE, "", "");

        static Outcome of(CommandException e) {
            return new Outcome(e.exit(), e.code(), e.sentence());
        }
    }

    /// Carries a command out on the calling thread and never throws.
    public Outcome run(Request request, Consumer<Doc> out, BooleanSupplier cancelled) {
        try {
            Parsed parsed = parse(request.arguments());
            parsed.spec().action().run(new Call(parsed.words(), parsed.options(), request.secret(), out, cancelled));
            return Outcome.DONE;
        } catch (CommandException e) {
            return Outcome.of(e);
        } catch (FailureException e) {
            return new Outcome(Exit.of(e.failure()), e.failure().code(), FailureWords.sentence(e.failure()));
        } catch (CompletionException | IllegalStateException | IllegalArgumentException e) {
            // Not a constant: the grammar alone, which `--help` and wrong usage need, must not open the log file.
            LoggerFactory.getLogger(Commands.class).error("command {} failed", request, e);
            var failure = FailureException.of(e);
            return new Outcome(Exit.of(failure), failure.code(), FailureWords.sentence(failure));
        }
    }
}
