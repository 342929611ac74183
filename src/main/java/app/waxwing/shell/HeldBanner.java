package app.waxwing.shell;

import app.waxwing.kit.Texts;

/// A sync's question: much is no longer listed.
final class HeldBanner extends QuestionBanner {
    HeldBanner(HeldViewModel model) {
        super(new Answer(Texts.of("held.gone"), model::gone), new Answer(Texts.of("held.keep"), model::keep));
        getStyleClass().add("held-banner");
        model.questionProperty().subscribe(question -> ask(question.map(HeldViewModel.Question::head).orElse(""),
                question.map(HeldViewModel.Question::help).orElse("")));
    }
}
