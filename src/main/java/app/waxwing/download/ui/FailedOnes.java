package app.waxwing.download.ui;

import app.waxwing.download.Download.Remedy;
import app.waxwing.download.Download.Status;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.QueueLine;
import app.waxwing.kit.Texts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What failed, why, and what may help.
record FailedOnes(List<QueueLine> lines) {
    /// @param unfinished failed ones first
    static FailedOnes of(List<QueueLine> unfinished) {
        return new FailedOnes(unfinished.stream().takeWhile(d -> d.status() == Status.FAILED).toList());
    }

    /// Each sentence with how many times, the most frequent first.
    List<Map.Entry<String, Integer>> sentences() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        lines.forEach(d -> counts.merge(d.error(), 1, Integer::sum));
        return counts.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue().reversed()).toList();
    }

    void fix(DownloadEngine engine) {
        List<Long> again = with(Remedy.RETRY, Remedy.ALLOW);
        List<Long> gone = with(Remedy.LET_GO);
        if (!again.isEmpty()) engine.retry(again);
        if (!gone.isEmpty()) engine.cancel(gone);
    }

    /// What [#fix] will do.
    String words() {
        int again = with(Remedy.RETRY, Remedy.ALLOW).size();
        int gone = with(Remedy.LET_GO).size();
        String tries = again == 0 ? "" : Texts.count("downloads.fix.retry", again);
        String goes = gone == 0 ? "" : Texts.count("downloads.fix.let-go", gone);
        return tries.isEmpty() || goes.isEmpty() ? tries + goes : tries + " " + goes;
    }

    private List<Long> with(Remedy... remedies) {
        return lines.stream().filter(d -> List.of(remedies).contains(d.remedy())).map(QueueLine::id).toList();
    }
}
