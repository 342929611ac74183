package app.waxwing.cli;

import app.waxwing.control.CommandException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the program was started with.
///
/// @param command the command and its own arguments; empty opens the window
/// @param audioOut `system`, `null` or `wav:FILE`
public record Arguments(Optional<Path> dataDir, boolean json, boolean offline, boolean demo, boolean headless, Optional<String> audioOut,
        String logLevel, boolean version, boolean help, List<String> command) {
    private static final Set<String> LEVELS = Set.of("error", "warn", "info", "debug");

    public Arguments {
        command = List.copyOf(command);
    }

    /// Global options may stand before or after the command.
    ///
    /// @throws CommandException on wrong usage
    public static Arguments parse(List<String> arguments, Map<String, String> environment) {
        Optional<Path> dataDir = Optional.ofNullable(environment.get("WAXWING_DATA_DIR")).filter(v -> !v.isBlank()).map(Path::of);
        boolean json = false, offline = false, demo = false, headless = false, version = false, help = false;
        Optional<String> audioOut = Optional.empty();
        String logLevel = "info";
        List<String> command = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--")) {
                command.addAll(arguments.subList(i, arguments.size()));
                break;
            }
            String name = argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
            switch (name) {
                case "--json" -> json = true;
                case "--offline" -> offline = true;
                case "--demo" -> demo = true;
                case "--headless" -> headless = true;
                case "--version" -> version = true;
                case "--help", "-h" -> {
                    if (command.isEmpty()) help = true;
                    else command.add("--help");
                }
                case "--data-dir", "--audio-out", "--log-level" -> {
                    String value;
                    if (argument.contains("=")) value = argument.substring(argument.indexOf('=') + 1);
                    else if (i + 1 < arguments.size()) value = arguments.get(++i);
                    else throw CommandException.usage(name + " wants a value.");
                    if (value.isBlank()) throw CommandException.usage(name + " wants a value.");
                    switch (name) {
                        case "--data-dir" -> dataDir = Optional.of(Path.of(value));
                        case "--audio-out" -> audioOut = Optional.of(sink(value));
                        default -> logLevel = level(value);
                    }
                }
                default -> {
                    if (command.isEmpty() && argument.startsWith("-")) {
                        throw CommandException.usage("There is no option " + argument + "; «waxwing --help» lists them.");
                    }
                    command.add(argument);
                }
            }
        }
        if (headless && !command.isEmpty()) throw CommandException.usage("--headless takes no command.");
        return new Arguments(dataDir, json, offline, demo, headless, audioOut, logLevel, version, help, command);
    }

    /// The options of this run that a running instance must share, in the control socket's form.
    public List<String> runOptions() {
        List<String> options = new ArrayList<>();
        if (offline) options.add("offline");
        if (demo) options.add("demo");
        audioOut.ifPresent(o -> options.add("audio-out=" + o));
        return options;
    }

    private static String sink(String value) {
        if (value.equals("system") || value.equals("null")) return value;
        if (value.startsWith("wav:") && value.length() > 4) return "wav:" + Path.of(value.substring(4)).toAbsolutePath();
        throw CommandException.usage("--audio-out is system, null or wav:FILE, not «" + value + "».");
    }

    private static String level(String value) {
        if (LEVELS.contains(value)) return value;
        throw CommandException.usage("--log-level is error, warn, info or debug, not «" + value + "».");
    }
}
