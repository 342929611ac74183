package app.waxwing.server.jellyfin;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.server.MediaServer;
import app.waxwing.server.wire.JsonObject;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;

/// Signing in to one Jellyfin server. Every method sends exactly one attempt: servers lock accounts after a few wrong passwords.
public final class JellyfinSignIn {
    private final JellyfinHttp http;

    public JellyfinSignIn(OkHttpClient client, URI url, String server, ClientIdentity identity) {
        this.http = new JellyfinHttp(new JellyfinConnection(client, url, server, identity, Optional::empty, () -> {}));
    }

    /// What a sign-in yields.
    public record SignedIn(String token, String serverId, String userId, String userName, MediaServer.Permissions permissions) {
        @Override
        public String toString() {
            return "SignedIn[" + userName + "]";
        }
    }

    /// A Quick Connect that waits for approval.
    ///
    /// @param code what the user types elsewhere
    public record Code(String secret, String code) {
        @Override
        public String toString() {
            return "Code[" + code + "]";
        }
    }

    /// @throws FailureException [Failure.WrongPassword], [Failure.NotPermitted] for a locked or disabled account
    public SignedIn password(String user, String password) {
        try {
            return signedIn(
                    http.object(Ask.post("Users/AuthenticateByName").json(JellyfinHttp.json(Map.of("Username", user, "Pw", password)))));
        } catch (FailureException e) {
            throw switch (e.failure()) {
                case Failure.Unauthorised f -> new Failure.WrongPassword(f.server()).asException();
                case Failure.NotPermitted f -> new Failure.NotPermitted("to sign in: it may be locked or disabled").asException();
                default -> e;
            };
        }
    }

    public boolean quickConnectOffered() {
        return http.flag(Ask.get("QuickConnect/Enabled"));
    }

    public Code begin() {
        JsonObject answer;
        try {
            answer = http.object(Ask.post("QuickConnect/Initiate"));
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Unauthorised) throw notOffered();
            // Before 10.9 the same question was a GET.
            if (!(e.failure() instanceof Failure.NotFound || e.failure() instanceof Failure.Trouble)) throw e;
            answer = http.object(Ask.get("QuickConnect/Initiate"));
        }
        Optional<String> secret = answer.raw("Secret");
        Optional<String> code = answer.words("Code");
        if (secret.isEmpty() || code.isEmpty()) throw new Failure.Corrupt("The answer of " + http.server()).asException();
        return new Code(secret.get(), code.get());
    }

    /// @throws FailureException [Failure.NotFound] once the code is unknown or too old
    public boolean approved(Code code) {
        return http.object(Ask.get("QuickConnect/Connect").with("secret", code.secret())).isTrue("Authenticated");
    }

    public SignedIn redeem(Code code) {
        return signedIn(
                http.object(Ask.post("Users/AuthenticateWithQuickConnect").json(JellyfinHttp.json(Map.of("Secret", code.secret())))));
    }

    private FailureException notOffered() {
        return new Failure.Invalid("Quick Connect is switched off on " + http.server() + "; sign in with a password").asException();
    }

    private SignedIn signedIn(JsonObject answer) {
        Optional<JsonObject> user = answer.object("User");
        Optional<String> token = answer.raw("AccessToken").filter(t -> !t.isBlank());
        Optional<String> id = user.flatMap(u -> ItemReader.id(u, "Id"));
        if (user.isEmpty() || token.isEmpty() || id.isEmpty()) throw new Failure.Corrupt("The answer of " + http.server()).asException();
        return new SignedIn(token.get(), answer.words("ServerId").or(() -> user.get().words("ServerId")).orElse(""), id.get(),
                user.get().words("Name").orElse(""), permissions(user.get()));
    }

    /// A policy that does not say is taken to allow: the server itself refuses what it forbids.
    static MediaServer.Permissions permissions(JsonObject user) {
        Optional<JsonObject> policy = user.object("Policy");
        return new MediaServer.Permissions(policy.flatMap(p -> p.flag("EnableContentDownloading")).orElse(true),
                policy.flatMap(p -> p.flag("EnableAudioPlaybackTranscoding")).orElse(true),
                policy.flatMap(p -> p.flag("IsAdministrator")).orElse(false));
    }
}
