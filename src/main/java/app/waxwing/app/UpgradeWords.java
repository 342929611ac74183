package app.waxwing.app;

import app.waxwing.cli.Terminal;
import app.waxwing.store.Upgrade;

/// What a terminal says while an older library is brought up to date.
final class UpgradeWords {
    private UpgradeWords() {}

    /// An upgrade whose steps are said there, on standard error.
    static Upgrade on(Terminal terminal) {
        var upgrade = new Upgrade();
        upgrade.subscribe(step -> terminal.warn(sentence(step)));
        return upgrade;
    }

    static String sentence(Upgrade.Step step) {
        String what = step.keeping() ? "a copy of it is kept first" : "step " + step.number() + " of " + step.all();
        return "the library is brought up to date for this version, " + what
                + ". With very many tracks this takes some minutes; if it is ended now, nothing is lost and the next start begins anew.";
    }
}
