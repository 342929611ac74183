package app.waxwing.account.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Account;
import app.waxwing.account.ui.WelcomeViewModel.Step;
import app.waxwing.base.Failure;
import app.waxwing.testing.ui.FakeAccounts;
import app.waxwing.testing.ui.FakeNotices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WelcomeViewModelTest {
    private final FakeAccounts accounts = new FakeAccounts();
    private final List<String> came = new ArrayList<>();
    private CompletableFuture<Account> demo = CompletableFuture.completedFuture(FakeAccounts.HOME);
    private final WelcomeViewModel model = new WelcomeViewModel(accounts, () -> demo, new FakeNotices(), Runnable::run);

    WelcomeViewModelTest() {
        model.onSignedIn((account, isDemo) -> came.add(account.serverName() + " " + isDemo));
    }

    private Step.SignIn signInStep(String typed) {
        model.connect(typed);
        assertThat(model.stepProperty().get()).isInstanceOf(Step.SignIn.class);
        return (Step.SignIn) model.stepProperty().get();
    }

    @Test
    void theDemonstrationSignsInByItself() {
        model.playDemonstration();
        assertThat(came).containsExactly("home-server true");
    }

    @Test
    void aDemonstrationThatFailsIsASentence() {
        demo = CompletableFuture
                .failedFuture(new Failure.MissingPart("The demonstration's music", "build the program again").asException());
        model.playDemonstration();
        assertThat(model.problemProperty().get()).startsWith("The demonstration's music is missing");
        assertThat(model.busyProperty().get()).isEmpty();
    }

    @Test
    @DisplayName("B.11 whoever signs in again is asked for the password only, also where it goes out in the open, which was agreed to before")
    void again() {
        accounts.encrypted = false;
        var account = new Account(3, "server-1", "user-3", app.waxwing.server.ServerKind.JELLYFIN, "home-server", "10.11.2", "ida",
                java.net.URI.create("http://nas.lan"), true, true, true, true);
        model.signInAgain(account);
        assertThat(model.stepProperty().get()).isInstanceOfSatisfying(Step.SignIn.class, step -> {
            assertThat(step.user()).isEqualTo("ida");
            assertThat(step.address().plainAccepted()).isTrue();
        });
        model.back();
        model.connect("http://other.lan");
        assertThat(model.stepProperty().get()).as("another address is asked about").isInstanceOfSatisfying(Step.Plain.class,
                plain -> model.acceptPlain(plain));
        assertThat(model.stepProperty().get()).isInstanceOfSatisfying(Step.SignIn.class, step -> assertThat(step.user()).isEmpty());
    }

    @Test
    @DisplayName("B.11 who answers at the address now is another server: whether it gets the password in the open is asked, as for any new one")
    void againAtAnotherServer() {
        accounts.encrypted = false;
        var account = new Account(3, "server-before", "user-3", app.waxwing.server.ServerKind.JELLYFIN, "home-server", "10.11.2", "ida",
                java.net.URI.create("http://nas.lan"), true, true, true, true);
        model.signInAgain(account);
        assertThat(model.stepProperty().get()).isInstanceOfSatisfying(Step.Plain.class,
                plain -> assertThat(plain.address().plainAccepted()).isFalse());
    }

    @Test
    @DisplayName("a wrong password is said once and sent once")
    void wrongPassword() {
        Step.SignIn step = signInStep("music.example.org");
        model.signIn(step.address(), "ida", "wrong");
        assertThat(model.problemProperty().get()).contains("not tried again");
        assertThat(accounts.signIns).hasSize(1);
        assertThat(came).isEmpty();
        model.signIn(step.address(), "ida", "right");
        assertThat(came).containsExactly("home-server false");
    }

    @Test
    void plainHttpAsksFirstButNotOnThisComputer() {
        accounts.encrypted = false;
        model.connect("music.example.org");
        assertThat(model.stepProperty().get()).isInstanceOf(Step.Plain.class);
        model.acceptPlain((Step.Plain) model.stepProperty().get());
        assertThat(model.stepProperty().get()).isInstanceOf(Step.SignIn.class);
        assertThat(((Step.SignIn) model.stepProperty().get()).address().plainAccepted()).isTrue();
        model.back();
        signInStep("localhost:8096");
    }

    @Test
    void anUnknownCertificateShowsItsFingerprintAndIsTrustedForThisServer() {
        accounts.probeFailure = Optional.of(new Failure.Untrusted("https://nas.lan", "AA:BB"));
        model.connect("nas.lan");
        assertThat(model.stepProperty().get()).isEqualTo(new Step.Certificate("nas.lan", "https://nas.lan", "AA:BB"));
        model.trust((Step.Certificate) model.stepProperty().get());
        assertThat(((Step.SignIn) model.stepProperty().get()).address().trustedFingerprint()).contains("AA:BB");
    }

    @Test
    void anAddressThatDoesNotAnswerIsASentence() {
        accounts.probeFailure = Optional.of(new Failure.Offline("nas.lan"));
        model.connect("nas.lan");
        assertThat(model.problemProperty().get()).isEqualTo("nas.lan cannot be reached.");
        assertThat(model.stepProperty().get()).isInstanceOf(Step.Start.class);
    }

    @Test
    void quickConnectShowsItsCodeUntilApproved() {
        model.quickConnect(signInStep("music.example.org").address());
        assertThat(((Step.Code) model.stepProperty().get()).code()).isEqualTo("418203");
        accounts.quickConnected.complete(FakeAccounts.HOME);
        assertThat(came).containsExactly("home-server false");
    }

    @Test
    void discoveryOnlyFillsTheList() {
        model.discover();
        assertThat(model.found()).extracting(s -> s.name()).containsExactly("home-server", "Attic NAS");
        assertThat(model.stepProperty().get()).isInstanceOf(Step.Start.class);
    }

    @Test
    @DisplayName("begun is who typed an address, has a sign-in under way or is beyond the first card")
    void begun() {
        assertThat(model.begun()).isFalse();
        model.typed(" nas");
        assertThat(model.begun()).isTrue();
        model.typed("");
        assertThat(model.begun()).isFalse();
        signInStep("music.example.org");
        assertThat(model.begun()).isTrue();
        model.back();
        assertThat(model.begun()).isFalse();
        demo = new CompletableFuture<>();
        model.playDemonstration();
        assertThat(model.begun()).isTrue();
    }
}
