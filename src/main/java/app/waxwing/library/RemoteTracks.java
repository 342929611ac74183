package app.waxwing.library;

import app.waxwing.account.Reachability;
import app.waxwing.account.Sessions;
import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;

/// Opens tracks on their servers through the account's session.
public final class RemoteTracks implements MediaLocator.RemoteFiles {
    private final Sessions sessions;
    private final Reachability reachability;

    public RemoteTracks(Sessions sessions, Reachability reachability) {
        this.sessions = sessions;
        this.reachability = reachability;
    }

    @Override
    public MediaLocator.RemoteAnswer open(ItemKey track) {
        if (!reachability.online(track.account())) return new MediaLocator.RemoteAnswer.Refused(reachability.why(track.account(), ""));
        try {
            return new MediaLocator.RemoteAnswer.Source(sessions.open(track.account(), track.id()));
        } catch (FailureException e) {
            return new MediaLocator.RemoteAnswer.Refused(e.failure());
        }
    }
}
