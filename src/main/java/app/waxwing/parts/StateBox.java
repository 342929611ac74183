package app.waxwing.parts;

import app.waxwing.base.FailureWords;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.EmptyState;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Texts;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

/// Shows the content of a page, or why there is none: still waiting (nothing for the first moment, so that fast answers do not flash), failed with a
/// sentence and «Try again», or empty with something that helps. FX thread.
public final class StateBox<T> extends StackPane {
    private final Node content;

    /// @param show fills the content; called with each answer
    /// @param empty what to show instead of an empty answer, or empty itself
    public StateBox(ObservableValue<Asked<T>> state, Node content, Consumer<T> show, Function<T, java.util.Optional<Node>> empty,
            Runnable again) {
        this.content = content;
        getStyleClass().add("state-box");
        content.setVisible(false);
        getChildren().add(content);
        state.subscribe(asked -> {
            switch (asked) {
                case Asked.Waiting<T> w -> only(null);
                case Asked.Here<T>(T value) -> {
                    var instead = empty.apply(value);
                    if (instead.isEmpty()) show.accept(value);
                    only(instead.orElse(null));
                    content.setVisible(instead.isEmpty());
                }
                case Asked.Failed<T>(var failure) ->
                    only(new EmptyState(Icon.WARNING, Texts.of("page.not-read"), FailureWords.sentence(failure),
                            Buttons.primary(Icon.RETRY, Texts.of("try.again"), again)));
            }
        });
    }

    private void only(@org.jspecify.annotations.Nullable Node instead) {
        content.setVisible(false);
        getChildren().setAll(content);
        if (instead != null) getChildren().add(instead);
    }
}
