package app.waxwing.demo;

import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// What the server tells about itself.
final class SystemRoutes {
    private final Shelf shelf;
    private final People people;
    private final DemoOptions options;
    private final Supplier<String> url;

    SystemRoutes(Shelf shelf, People people, DemoOptions options, Supplier<String> url) {
        this.shelf = shelf;
        this.people = people;
        this.options = options;
        this.url = url;
    }

    void register(Router router) {
        router.open("GET", "/System/Info/Public", _ -> Json.answer(info()));
        router.open("GET", "/System/Ping", _ -> Json.answer(StringNode.valueOf("Jellyfin Server")));
        router.open("POST", "/System/Ping", _ -> Json.answer(StringNode.valueOf("Jellyfin Server")));
        router.on("GET", "/System/Info", _ -> Json.answer(info().put("HasPendingRestart", false).put("IsShuttingDown", false)
                .put("SupportsLibraryMonitor", true).put("WebSocketPortNumber", 0).put("CanSelfRestart", false)
                .put("CanLaunchWebBrowser", false)
                .put("HasUpdateAvailable", false)));
        router.open("GET", "/System/Endpoint", _ -> Json.answer(object().put("IsLocal", true).put("IsInNetwork", true)));
        router.open("GET", "/Branding/Configuration", _ -> Json.answer(object().put("SplashscreenEnabled", false)));
        router.open("GET", "/GetUtcTime", call -> {
            String now = Json.date(call.request().at());
            return Json.answer(object().put("RequestReceptionTime", now).put("ResponseTransmissionTime", now));
        });
        router.open("GET", "/Users/Public", _ -> {
            var all = Json.MAPPER.createArrayNode();
            people.all().stream().filter(u -> !u.disabled()).forEach(u -> all.add(UserDtos.user(u, shelf.start().serverId())));
            return Json.answer(all);
        });
        router.open("GET", "/web", _ -> Response.html(200, "<!DOCTYPE html><html><title>Jellyfin</title></html>"));
    }

    /// The datagram that answers «who is JellyfinServer?».
    String discoveryAnswer() {
        return object().put("Address", url.get()).put("Id", shelf.start().serverId()).put("Name", shelf.start().serverName()).toString();
    }

    private ObjectNode info() {
        return object().put("LocalAddress", url.get()).put("ServerName", shelf.start().serverName())
                .put("Version", options.version().text())
                .put("ProductName", "Jellyfin Server").put("OperatingSystem", "").put("Id", shelf.start().serverId())
                .put("StartupWizardCompleted", true);
    }

    private static ObjectNode object() {
        return Json.MAPPER.createObjectNode();
    }
}
