package app.waxwing.cli;

import app.waxwing.control.CommandSpec;
import app.waxwing.control.Commands;
import app.waxwing.control.Doc;
import app.waxwing.control.Exit;
import app.waxwing.control.Wire;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Standard output, standard error and the prompt. The only class of the program that touches the standard streams.
public final class Terminal {
    /// Spoken between instances, not by people.
    private static final Set<String> INTERNAL = Set.of("raise", "hand-over");
    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;
    private final boolean lines;
    private boolean printed;

    /// @param json print documents as they are
    /// @param lines the command follows something: one document a line even without `--json`
    public Terminal(boolean json, boolean lines) {
        out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        this.json = json;
        this.lines = lines;
    }

    public void print(Doc doc) {
        printed = true;
        out.println(json || lines ? Wire.text(doc) : PlainText.of(doc));
    }

    /// Somebody reads along: no script, and no `--json`.
    public boolean watched() {
        Console console = System.console();
        return !json && console != null && console.isTerminal();
    }

    /// One sentence on stderr, and with `--json` the error document on stdout, where the command's one document is not there already.
    public int end(Commands.Outcome outcome) {
        if (outcome.exit() != Exit.DONE) {
            if (json && (lines || !printed)) out.println(Wire.error(outcome.code(), outcome.sentence()));
            err.println("waxwing: " + outcome.sentence());
        }
        return outcome.exit().code();
    }

    public void version(String version) {
        out.println(json ? Wire.text(Doc.of().put("version", version)) : "waxwing " + version);
    }

    /// How these commands are called.
    public void usage(List<CommandSpec> specs) {
        if (json) out.println(Wire.text(commands(specs)));
        else if (specs.size() == 1) out.println("Usage: " + specs.getFirst().usage() + "\n" + specs.getFirst().help());
        else out.println("Usage:\n" + table("waxwing ", specs).stripTrailing());
    }

    /// The whole help.
    public void help(List<CommandSpec> specs) {
        List<CommandSpec> shown = specs.stream().filter(s -> !INTERNAL.contains(s.name())).toList();
        out.println(json ? Wire.text(commands(shown)) : text(shown));
    }

    private static Doc commands(List<CommandSpec> specs) {
        return Doc.of().put("commands", specs.stream()
                .map(s -> Doc.of().put("name", s.name()).put("arguments", s.arguments()).put("help", s.help())).toList());
    }

    public void warn(String text) {
        err.println("waxwing: " + text);
    }

    /// A password: one line of standard input, or typed at a prompt without echo; empty when neither is there.
    public Optional<String> secret(boolean fromInput, InputStream in) {
        if (fromInput) {
            try {
                String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
                return Optional.ofNullable(line);
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        Console console = System.console();
        if (console == null || !console.isTerminal()) return Optional.empty();
        char[] typed = console.readPassword("Password: ");
        return typed == null ? Optional.empty() : Optional.of(new String(typed));
    }

    private static String text(List<CommandSpec> specs) {
        var text = new StringBuilder("""
                Waxwing plays your server's music, also when the network is gone.

                  waxwing [options]                 open the window
                  waxwing --headless [options]      run without a window until «waxwing quit»
                  waxwing [options] COMMAND [...]   one command

                Options
                  --data-dir DIR      keep everything under DIR (also WAXWING_DATA_DIR)
                  --json              one JSON document on standard output
                  --offline           never touch the network in this run
                  --demo              the built-in demonstration library
                  --audio-out OUT     system, null or wav:FILE
                  --log-level LEVEL   error, warn, info or debug
                  --version, --help

                Commands
                """);
        text.append(table("", specs)).append("\nExit codes: 0 done, 1 failed, 2 wrong usage, 3 nothing to act on, ")
                .append("4 not signed in or not permitted, 5 offline, 6 not found.");
        return text.toString();
    }

    private static String table(String before, List<CommandSpec> specs) {
        var text = new StringBuilder();
        for (CommandSpec spec : specs) {
            String left = "  " + before + spec.name() + (spec.arguments().isEmpty() ? "" : " " + spec.arguments());
            text.append(left).append(left.length() < 44 ? " ".repeat(44 - left.length()) : "\n" + " ".repeat(44)).append(spec.help())
                    .append('\n');
        }
        return text.toString();
    }
}
