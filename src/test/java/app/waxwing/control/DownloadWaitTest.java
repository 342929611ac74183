package app.waxwing.control;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download;
import app.waxwing.download.Measure;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.download.Wait;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DownloadWaitTest {
    private static final long ENOUGH = DownloadWait.PATIENCE.toNanos();
    private final DownloadWait wait = new DownloadWait(false);

    @Test
    void whatIsHereOrFailedOrPausedIsNotWaitedFor() {
        assertThat(wait.over(List.of(row(Status.COMPLETED), row(Status.FAILED), row(Status.PAUSED)), 0)).isTrue();
        assertThat(wait.over(List.of(row(Status.COMPLETED), row(Status.DOWNLOADING)), 0)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOT", "SERVER", "RETRY", "SCHEDULE"})
    void whatGoesOnByItselfIsWaitedFor(Reason reason) {
        assertThat(wait.over(List.of(waiting(reason)), 0)).isFalse();
        assertThat(wait.over(List.of(waiting(reason)), 100 * ENOUGH)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"NETWORK", "DISK", "METERED", "BATTERY"})
    void whatHangsOnSomethingElseIsGivenAWhile(Reason reason) {
        List<Download> rows = List.of(row(Status.COMPLETED), waiting(reason));
        assertThat(wait.over(rows, 5)).isFalse();
        assertThat(wait.over(rows, ENOUGH)).isFalse();
        assertThat(wait.over(rows, ENOUGH + 5)).isTrue();
    }

    @Test
    void theWhileBeginsAnewOnceSomethingMoved() {
        assertThat(wait.over(List.of(waiting(Reason.NETWORK)), 0)).isFalse();
        assertThat(wait.over(List.of(waiting(Reason.NETWORK), row(Status.DOWNLOADING)), ENOUGH)).isFalse();
        assertThat(wait.over(List.of(waiting(Reason.NETWORK)), ENOUGH + 1)).isFalse();
        assertThat(wait.over(List.of(waiting(Reason.NETWORK)), 2 * ENOUGH + 1)).isTrue();
    }

    @Test
    void whereTheUserSwitchedTheNetworkOffOrIsSignedOutNobodyWaits() {
        assertThat(new DownloadWait(true).over(List.of(waiting(Reason.NETWORK)), 0)).isTrue();
        assertThat(wait.over(List.of(waiting(Reason.SIGNED_OUT)), 0)).isTrue();
    }

    @Test
    void theExitCodeSaysWhatIsMissing() {
        assertThat(DownloadWait.end(List.of(row(Status.COMPLETED)))).isEmpty();
        assertThat(end(waiting(Reason.NETWORK)).exit()).isEqualTo(Exit.OFFLINE);
        assertThat(end(waiting(Reason.SIGNED_OUT)).exit()).isEqualTo(Exit.SIGNED_OUT);
        assertThat(end(waiting(Reason.DISK)).exit()).isEqualTo(Exit.FAILED);
        assertThat(end(row(Status.FAILED)).exit()).isEqualTo(Exit.FAILED);
        assertThat(end(failed(Download.Remedy.ALLOW)).exit()).as("not permitted").isEqualTo(Exit.SIGNED_OUT);
        assertThat(end(failed(Download.Remedy.LET_GO)).exit()).as("the server has it no more").isEqualTo(Exit.NOT_FOUND);
        assertThat(end(waiting(Reason.DISK)).sentence()).isEqualTo("Not everything is here: «Song»: It needs disk.");
        assertThat(end(row(Status.PAUSED)).sentence()).isEqualTo("Not everything is here: «Song»: it is paused.");
    }

    private static CommandException end(Download download) {
        return DownloadWait.end(List.of(row(Status.COMPLETED), download)).orElseThrow();
    }

    private static Download row(Status status) {
        return row(status, Optional.empty());
    }

    private static Download waiting(Reason reason) {
        return row(Status.PENDING, Optional.of(reason));
    }

    private static Download failed(Download.Remedy remedy) {
        return row(Status.FAILED, Optional.empty(), remedy);
    }

    private static Download row(Status status, Optional<Reason> reason) {
        return row(status, reason, status == Status.FAILED ? Download.Remedy.RETRY : Download.Remedy.NONE);
    }

    private static Download row(Status status, Optional<Reason> reason, Download.Remedy remedy) {
        Optional<Instant> completed = status == Status.COMPLETED ? Optional.of(Instant.EPOCH) : Optional.empty();
        Optional<String> error = status == Status.FAILED ? Optional.of("The server does not have it any more.") : Optional.empty();
        return new Download(1, new ItemKey(1, "t"), "Song", "Artist", "Album", status,
                reason.map(r -> new Wait(r, "It needs " + r.word() + ".", Optional.empty())), 1, 0, 0, false, Download.Origin.USER, 0,
                OptionalLong.empty(), 0, Optional.empty(), Optional.empty(), "original", 0, error,
                remedy, Instant.EPOCH, Optional.empty(), completed,
                Optional.empty(), Measure.USUAL);
    }
}
