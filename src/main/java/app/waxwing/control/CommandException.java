package app.waxwing.control;

/// A command that ends with something other than «done»: its exit code, a stable word and one plain sentence.
public final class CommandException extends RuntimeException {
    private final Exit exit;
    private final String code;

    public CommandException(Exit exit, String code, String sentence) {
        super(sentence);
        this.exit = exit;
        this.code = code;
    }

    public static CommandException usage(String sentence) {
        return new CommandException(Exit.USAGE, "usage", sentence);
    }

    public static CommandException notFound(String what) {
        return new CommandException(Exit.NOT_FOUND, "not-found", "There is no " + what + ".");
    }

    public static CommandException nothing(String sentence) {
        return new CommandException(Exit.NOTHING, "nothing", sentence);
    }

    public Exit exit() {
        return exit;
    }

    public String code() {
        return code;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
