package app.waxwing.library.ui;

import app.waxwing.library.Library;
import app.waxwing.library.SearchHits;
import app.waxwing.parts.Question;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/// All results of one search, grouped by kind. FX thread.
final class SearchViewModel {
    static final int EACH = 60;
    private final Question<SearchHits> question;

    SearchViewModel(Library library, Executor fx, String text, BooleanSupplier playableOnly) {
        question = new Question<>(fx, () -> library.search(text, EACH, playableOnly.getAsBoolean()));
    }

    Question<SearchHits> question() {
        return question;
    }
}
