package app.waxwing.shell;

import app.waxwing.kit.Texts;

/// Another server answers at an account's address: what now?
final class StrangerBanner extends QuestionBanner {
    StrangerBanner(StrangerViewModel model) {
        super(new Answer(Texts.of("stranger.sign-in"), model::signIn), new Answer(Texts.of("stranger.look"), model::lookAgain));
        getStyleClass().add("stranger-banner");
        model.accountProperty().subscribe(account -> ask(
                account.map(a -> Texts.of("stranger.head", a.serverName(), a.url())).orElse(""),
                account.map(a -> Texts.of("stranger.help", a.serverName())).orElse("")));
    }
}
