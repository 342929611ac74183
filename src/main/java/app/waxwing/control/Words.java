package app.waxwing.control;

/// Words that several commands take.
final class Words {
    private Words() {}

    static boolean onOff(String word) {
        return switch (word) {
            case "on" -> true;
            case "off" -> false;
            default -> throw CommandException.usage("Say «on» or «off», not «" + word + "».");
        };
    }

    static double seconds(String word) {
        try {
            double value = Double.parseDouble(word);
            if (Double.isFinite(value)) return value;
        } catch (NumberFormatException e) {
            // falls through to the sentence below
        }
        throw CommandException.usage("Seconds are a number, not «" + word + "».");
    }
}
