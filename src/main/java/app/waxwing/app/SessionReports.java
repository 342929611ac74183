package app.waxwing.app;

import app.waxwing.account.Accounts;
import app.waxwing.playback.PlayReports;
import app.waxwing.server.PlayReport;

/// Play reports through the accounts' sessions.
record SessionReports(Accounts accounts) implements PlayReports.Servers {
    @Override
    public boolean online(long account) {
        return accounts.reachability().online(account);
    }

    @Override
    public void started(PlayReports.Report report) {
        accounts.server(report.track().account()).started(wire(report));
    }

    @Override
    public void progress(PlayReports.Report report) {
        accounts.server(report.track().account()).progress(wire(report));
    }

    @Override
    public void stopped(PlayReports.Report report) {
        accounts.server(report.track().account()).stopped(wire(report));
    }

    private static PlayReport wire(PlayReports.Report r) {
        return new PlayReport(r.track().id(), r.session(), r.position(), r.paused(), r.volume(), PlayReport.Method.DIRECT);
    }
}
