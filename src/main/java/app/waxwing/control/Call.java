package app.waxwing.control;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// One command as it was called: its words, its options, and where its documents go.
///
/// @param words arguments without the command's own name
/// @param options by name without dashes; flags have the value ``
/// @param secret what came on standard input for `--password-stdin` or from a prompt
/// @param out takes each document; a command gives exactly one unless it follows something
/// @param cancelled true once the caller has gone away
public record Call(List<String> words, Map<String, String> options, Optional<String> secret, Consumer<Doc> out, BooleanSupplier cancelled) {
    public Call {
        words = List.copyOf(words);
        options = Map.copyOf(options);
    }

    public boolean has(String option) {
        return options.containsKey(option);
    }

    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    public int number(String name, int otherwise, int least) {
        return option(name).map(v -> whole("--" + name, v, least)).orElse(otherwise);
    }

    public String word(int index) {
        return words.get(index);
    }

    static int whole(String what, String value, int least) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least) return number;
        } catch (NumberFormatException e) {
            // falls through to the sentence below
        }
        throw CommandException.usage(what + " takes a whole number from " + least + " on, not «" + value + "».");
    }
}
