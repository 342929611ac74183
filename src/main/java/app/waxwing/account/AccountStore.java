package app.waxwing.account;

import static app.waxwing.store.schema.Tables.ACCOUNT;

import app.waxwing.server.MediaServer;
import app.waxwing.server.ServerInfo;
import app.waxwing.server.ServerKind;
import app.waxwing.store.Audit;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.store.schema.tables.records.AccountRecord;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jooq.DSLContext;

/// The table `account`.
final class AccountStore {
    private final Database database;

    AccountStore(Database database) {
        this.database = database;
    }

    List<AccountRow> all() {
        return database.readNow(sql -> sql.selectFrom(ACCOUNT).orderBy(ACCOUNT.ID).fetch(AccountStore::row));
    }

    /// Writes a sign-in: a new row, or the old one of this user renewed. The account becomes the one of its server that counts,
    /// and the library shows that server.
    CompletableFuture<AccountRow> signedIn(ServerInfo server, URI url, Optional<String> certificate, String deviceId, String userId,
            String userName, MediaServer.Permissions permissions, Instant now) {
        return database.write(Durability.KEPT, Lane.USER, sql -> {
            AccountRecord row = sql.fetchOne(ACCOUNT, ACCOUNT.SERVER_ID.eq(server.id()).and(ACCOUNT.USER_ID.eq(userId)));
            boolean first = row == null;
            if (row == null) {
                row = sql.newRecord(ACCOUNT);
                row.setServerId(server.id());
                row.setUserId(userId);
            }
            row.setKind(server.kind().word());
            row.setServerName(server.name());
            row.setServerVersion(server.version());
            row.setUserName(userName);
            row.setUrl(url.toString());
            row.setCertificate(certificate.orElse(null));
            row.setDeviceId(deviceId);
            row.setIsDownloadAllowed(permissions.download());
            row.setIsTranscodeAllowed(permissions.transcode());
            row.setSignedInAt(now.toEpochMilli());
            row.store();
            chosen(sql, server.id(), userId);
            String who = Audit.who(userName, server.name());
            if (first) Audit.write(sql, now, Audit.SERVER_ADDED, who);
            Audit.write(sql, now, Audit.SIGN_IN, who);
            return row(sql.fetchSingle(ACCOUNT, ACCOUNT.SERVER_ID.eq(server.id()).and(ACCOUNT.USER_ID.eq(userId))));
        });
    }

    /// A sign-in that the server refused, or that did not come through.
    CompletableFuture<Integer> refused(String server, String user, String why, Instant now) {
        return database.write(Durability.SOON, Lane.USER, sql -> {
            Audit.write(sql, now, Audit.Actor.USER, Audit.SIGN_IN, Audit.who(user, server), why);
            return 0;
        });
    }

    CompletableFuture<Integer> use(Account account) {
        return database.write(Durability.KEPT, Lane.USER, sql -> chosen(sql, account.serverId(), account.userId()));
    }

    /// This account is about to go: another one of its server becomes the one that counts.
    CompletableFuture<Integer> passOn(Account leaving) {
        return database.write(Durability.KEPT, Lane.USER, sql -> passOn(sql, leaving.serverId(), leaving.id()));
    }

    /// A server with accounts has one that counts, whoever goes: the one that signed in last.
    static int passOn(DSLContext sql, String serverId, long leaving) {
        var others = ACCOUNT.SERVER_ID.eq(serverId).and(ACCOUNT.ID.ne(leaving));
        if (sql.fetchExists(ACCOUNT, others.and(ACCOUNT.IS_ACTIVE.isTrue()))) return 0;
        return sql.select(ACCOUNT.ID).from(ACCOUNT).where(others).orderBy(ACCOUNT.SIGNED_IN_AT.desc(), ACCOUNT.ID.desc()).limit(1)
                .fetchOptional(ACCOUNT.ID).map(next -> sql.update(ACCOUNT).set(ACCOUNT.IS_ACTIVE, ACCOUNT.ID.eq(next))
                        .where(ACCOUNT.SERVER_ID.eq(serverId)).execute())
                .orElse(0);
    }

    /// The library shows these servers from now on and no others.
    CompletableFuture<Integer> show(Set<String> servers) {
        return database.write(Durability.KEPT, Lane.USER,
                sql -> sql.update(ACCOUNT).set(ACCOUNT.IS_SHOWN, ACCOUNT.SERVER_ID.in(servers)).execute());
    }

    CompletableFuture<Integer> renewed(long account, ServerInfo server, MediaServer.Permissions permissions) {
        return database.write(Durability.SOON, Lane.USER, sql -> sql.update(ACCOUNT).set(ACCOUNT.SERVER_NAME, server.name())
                .set(ACCOUNT.SERVER_VERSION, server.version()).set(ACCOUNT.IS_DOWNLOAD_ALLOWED, permissions.download())
                .set(ACCOUNT.IS_TRANSCODE_ALLOWED, permissions.transcode()).where(ACCOUNT.ID.eq(account)).execute());
    }

    /// The one of its server's users whose rows count; who chooses somebody wants to see what is theirs.
    private static int chosen(DSLContext sql, String serverId, String userId) {
        sql.update(ACCOUNT).set(ACCOUNT.IS_SHOWN, true).where(ACCOUNT.SERVER_ID.eq(serverId)).execute();
        return sql.update(ACCOUNT).set(ACCOUNT.IS_ACTIVE, ACCOUNT.USER_ID.eq(userId)).where(ACCOUNT.SERVER_ID.eq(serverId)).execute();
    }

    private static AccountRow row(AccountRecord r) {
        var account = new Account(r.getId(), r.getServerId(), r.getUserId(), ServerKind.valueOf(r.getKind().toUpperCase(Locale.ROOT)),
                r.getServerName(), r.getServerVersion(), r.getUserName(), URI.create(r.getUrl()), r.getIsActive(), r.getIsShown(),
                r.getIsDownloadAllowed(), r.getIsTranscodeAllowed());
        return new AccountRow(account, Optional.ofNullable(r.getCertificate()), r.getDeviceId());
    }
}
