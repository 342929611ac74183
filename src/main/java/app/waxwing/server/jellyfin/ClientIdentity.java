package app.waxwing.server.jellyfin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Who we are to a server; sent with every call. A server knows a session by client and device id, so the id is random per installation and account.
///
/// @param client the program's name
/// @param device the computer's name, as an administrator reads it
/// @param deviceId random, never shared between installations
/// @param version of the program
public record ClientIdentity(String client, String device, String deviceId, String version) {
    /// The value of `Authorization`. Servers take values between the quotes and form-decode them, so each one is percent-encoded
    /// (jellyfin `AuthorizationContext.GetParts`): a raw «+» in a device id would become another id.
    String authorization(Optional<String> token) {
        String header = "MediaBrowser Client=\"" + encoded(client) + "\", Device=\"" + encoded(device) + "\", DeviceId=\""
                + encoded(deviceId)
                + "\", Version=\"" + encoded(version) + "\"";
        return token.map(t -> header + ", Token=\"" + encoded(t) + "\"").orElse(header);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
