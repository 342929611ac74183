package app.waxwing.app;

import app.waxwing.base.AppPaths;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.FailureWords;
import app.waxwing.cli.Arguments;
import app.waxwing.cli.Terminal;
import app.waxwing.control.CommandException;
import app.waxwing.control.Commands;
import app.waxwing.control.Exit;
import app.waxwing.control.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
            if (arguments.version()) {
                new Terminal(json, false).say("waxwing " + version());
                return Exit.DONE.code();
            }
            AppPaths paths = paths(arguments);
            LogFile.choose(paths.logs(), arguments.logLevel());
            if (arguments.help()) {
                new Terminal(json, false).say(Terminal.help(Commands.grammar().specs()));
                return Exit.DONE.code();
            }
            paths.create();
            if (!arguments.command().isEmpty()) return command(arguments, Commands.grammar(), paths);
            return arguments.headless() ? Headless.run(arguments, paths) : Windowed.run(arguments, paths);
        } catch (CommandException e) {
            return new Terminal(json, false).end(new Commands.Outcome(e.exit(), e.code(), e.sentence()));
        } catch (FailureException e) {
            return new Terminal(json, false).end(outcome(e.failure()));
        }
    }

    static Commands.Outcome outcome(Failure failure) {
        return new Commands.Outcome(Exit.of(failure), failure.code(), FailureWords.sentence(failure));
    }

    private static int command(Arguments arguments, Commands grammar, AppPaths paths) {
        Commands.Parsed parsed = grammar.parse(arguments.command());
        boolean follows = parsed.spec().name().equals("downloads watch") || parsed.options().containsKey("follow");
        var terminal = new Terminal(arguments.json(), follows);
        if (parsed.help()) {
            terminal.say("Usage: " + parsed.spec().usage() + "\n" + parsed.spec().help());
            return Exit.DONE.code();
        }
        Optional<String> secret = Optional.empty();
        if (parsed.spec().name().equals("server add")) {
            secret = terminal.secret(parsed.options().containsKey("password-stdin"), System.in);
            if (secret.isEmpty()) throw CommandException.usage("Give the password with --password-stdin or at the prompt.");
        }
        return OneCommand.run(arguments, parsed, new Request(arguments.command(), secret), paths, terminal);
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
