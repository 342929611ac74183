package app.waxwing.app;

import app.waxwing.base.AppPaths;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.FailureWords;
import app.waxwing.cli.Arguments;
import app.waxwing.cli.Terminal;
import app.waxwing.control.CommandException;
import app.waxwing.control.CommandSpec;
import app.waxwing.control.Commands;
import app.waxwing.control.Exit;
import app.waxwing.control.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the program starts: reads the arguments, finds the data folder, and becomes a window, a headless instance or one command.
/// Does not extend JavaFX's `Application`, so that it also runs from a plain class path.
public final class Launcher {
    private Launcher() {}

    public static void main(String[] words) {
        int code = run(List.of(words));
        System.exit(code);
    }

    private static int run(List<String> words) {
        boolean json = words.contains("--json");
        try {
            Arguments arguments = Arguments.parse(words, System.getenv());
            var terminal = new Terminal(json, false);
            if (arguments.version()) {
                terminal.version(version());
                return Exit.DONE.code();
            }
            if (arguments.help()) {
                terminal.help(Commands.grammar().specs());
                return Exit.DONE.code();
            }
            if (!arguments.command().isEmpty()) return command(arguments, Commands.grammar());
            AppPaths paths = prepared(arguments);
            return arguments.headless() ? Headless.run(arguments, paths) : Windowed.run(arguments, paths, words);
        } catch (CommandException e) {
            return new Terminal(json, false).end(new Commands.Outcome(e.exit(), e.code(), e.sentence()));
        } catch (FailureException e) {
            return new Terminal(json, false).end(outcome(e.failure()));
        }
    }

    static Commands.Outcome outcome(Failure failure) {
        return new Commands.Outcome(Exit.of(failure), failure.code(), FailureWords.sentence(failure));
    }

    private static int command(Arguments arguments, Commands grammar) {
        List<String> words = arguments.command();
        List<CommandSpec> about = grammar.about(words);
        boolean asksForHelp = words.stream().takeWhile(w -> !w.equals("--")).anyMatch("--help"::equals);
        if (asksForHelp && !about.isEmpty()) {
            new Terminal(arguments.json(), false).usage(about);
            return Exit.DONE.code();
        }
        Commands.Parsed parsed = grammar.parse(words);
        var terminal = new Terminal(arguments.json(), parsed.follows());
        Optional<String> secret = Optional.empty();
        if (parsed.spec().name().equals("server add")) {
            secret = terminal.secret(parsed.options().containsKey("password-stdin"), System.in);
            if (secret.isEmpty()) throw CommandException.usage("Give the password with --password-stdin or at the prompt.");
        }
        return OneCommand.run(arguments, parsed, new Request(asked(words, parsed, terminal.watched()), secret), prepared(arguments),
                terminal);
    }

    /// Who watches a restore sees how far it is, without asking for it.
    static List<String> asked(List<String> words, Commands.Parsed parsed, boolean watched) {
        if (!watched || !parsed.spec().name().equals("restore") || parsed.follows()) return words;
        return Stream.concat(Stream.of("restore", "--follow"), words.stream().skip(1)).toList();
    }

    /// The folders, made by now and the owner's alone. The log comes after them: it would make its own for everybody to read.
    private static AppPaths prepared(Arguments arguments) {
        AppPaths paths = paths(arguments);
        paths.create();
        LogFile.choose(paths.logs(), arguments.logLevel());
        return paths;
    }

    static AppPaths paths(Arguments arguments) {
        Path home = Path.of(System.getProperty("user.home"));
        AppPaths usual = AppPaths.usual(System.getProperty("os.name"), System.getenv(), home);
        if (arguments.dataDir().isPresent()) return AppPaths.under(arguments.dataDir().get());
        return arguments.demo() ? AppPaths.under(usual.data().resolve("demo")) : usual;
    }

    static String version() {
        String version = Launcher.class.getPackage().getImplementationVersion();
        return version == null ? "(built from source)" : version;
    }
}
