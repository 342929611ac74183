package app.waxwing.download;

import app.waxwing.account.Accounts;
import app.waxwing.account.Sessions;
import app.waxwing.base.ItemKey;
import app.waxwing.server.MediaRequest;
import app.waxwing.server.MediaServer;
import okhttp3.OkHttpClient;

/// Transfers through the accounts' sessions.
public record SessionTransfers(Accounts accounts, Sessions sessions) implements TransferSource {
    @Override
    public MediaRequest request(ItemKey track, Purpose purpose) {
        MediaServer server = accounts.server(track.account());
        return switch (purpose) {
            case KEEP -> server.download(track.id());
            case LISTEN -> server.stream(track.id());
        };
    }

    @Override
    public OkHttpClient client(long account) {
        return sessions.transfers(account);
    }
}
