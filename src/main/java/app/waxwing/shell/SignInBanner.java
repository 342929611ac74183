package app.waxwing.shell;

import app.waxwing.account.Account;
import app.waxwing.kit.Texts;
import java.util.function.Consumer;

/// A server does not take an account's sign-in any more: the way to sign in again, and that nothing is lost.
final class SignInBanner extends QuestionBanner {
    /// @param signIn shows the way to sign in to an account again
    SignInBanner(ConnectionViewModel model, Consumer<Account> signIn) {
        super(new Answer(Texts.of("signed-out.go"), () -> model.signedOutProperty().get().ifPresent(signIn)));
        getStyleClass().add("sign-in-banner");
        model.signedOutProperty().subscribe(account -> ask(
                account.map(a -> Texts.of("signed-out.head", a.serverName())).orElse(""),
                account.map(a -> Texts.of("signed-out.help", a.userName())).orElse("")));
    }
}
