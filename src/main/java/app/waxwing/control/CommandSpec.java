package app.waxwing.control;

import java.util.Set;

/// One command of the command line: how it is called and who carries it out.
///
/// @param name one or two words, such as `search` or `downloads pause`
/// @param arguments as shown in help
/// @param help one line
/// @param flags options without a value
/// @param valued options with a value
/// @param least fewest arguments
/// @param most most arguments
/// @param needsInstance makes sense only with a running player
public record CommandSpec(String name, String arguments, String help, Set<String> flags, Set<String> valued, int least, int most,
        boolean needsInstance, Action action) {
    /// Carries a command out on a worker thread; it may block.
    @FunctionalInterface
    public interface Action {
        void run(Call call);
    }

    public String usage() {
        return "waxwing " + name + (arguments.isEmpty() ? "" : " " + arguments);
    }
}
