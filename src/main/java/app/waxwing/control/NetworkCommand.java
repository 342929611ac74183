package app.waxwing.control;

import static app.waxwing.control.Waits.get;

import app.waxwing.download.DownloadEngine;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// What the Downloads page asks of a network of which only the user knows whether it costs by the byte, for scripts and for computers without a
/// window.
final class NetworkCommand {
    private static final String COSTS = "costs";
    private static final String FREE = "free";
    private final Supplier<Engines> source;

    NetworkCommand(Supplier<Engines> source) {
        this.source = source;
    }

    CommandSpec spec() {
        return new CommandSpec("downloads network", "[" + FREE + "|" + COSTS + "]",
                "the mobile network this computer is on, and what was said of it; says that it is free, or that it costs by the byte",
                Set.of(),
                Set.of(),
                0, 1, false, this::run);
    }

    private void run(Call call) {
        var downloads = source.get().downloads();
        Optional<DownloadEngine.Priced> network = downloads.network();
        if (call.words().isEmpty()) {
            call.out().accept(Doc.of().put("network", network.map(DownloadEngine.Priced::name).orElse(""))
                    .put("asked", network.filter(n -> !n.answered()).isPresent())
                    .put("answer", network.filter(DownloadEngine.Priced::answered).map(n -> n.costs() ? COSTS : FREE)));
            return;
        }
        String answer = call.word(0);
        if (!answer.equals(COSTS) && !answer.equals(FREE))
            throw CommandException.usage("A network is free or costs, not «" + answer + "».");
        if (network.isEmpty())
            throw CommandException.nothing("This computer is on no mobile network of which only you know what it costs.");
        String name = network.get().name();
        get(downloads.networkCosts(name, answer.equals(COSTS)));
        call.out().accept(Doc.of().put("network", name).put("answer", answer));
    }
}
