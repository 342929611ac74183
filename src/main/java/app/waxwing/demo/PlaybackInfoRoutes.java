package app.waxwing.demo;

import app.waxwing.demo.Item.Track;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/// `PlaybackInfo`: what the server offers for one item.
final class PlaybackInfoRoutes {
    private final Shelf shelf;
    private final Dtos dtos;

    PlaybackInfoRoutes(Shelf shelf, Dtos dtos) {
        this.shelf = shelf;
        this.dtos = dtos;
    }

    void register(Router router) {
        router.on("GET", "/Items/{id}/PlaybackInfo", call -> answer(call, Json.MAPPER.createObjectNode()));
        router.on("POST", "/Items/{id}/PlaybackInfo",
                call -> answer(call, call.request().body().length == 0 ? Json.MAPPER.createObjectNode() : Json.body(call.request())));
    }

    private Response answer(Call call, ObjectNode body) {
        var user = call.user();
        if (!(shelf.item(call.id()).filter(i -> !shelf.invisible(i.id())).orElse(null) instanceof Track track))
            throw HttpProblem.notFound();
        var answer = Json.MAPPER.createObjectNode();
        var sources = answer.putArray("MediaSources");
        if (!user.playback()) return Json.answer(answer.put("ErrorCode", "NotAllowed"));
        String play = Shelf.normal(UUID.randomUUID().toString());
        var source = dtos.media().source(track);
        boolean fits = body.path("MaxStreamingBitrate").asInt(Integer.MAX_VALUE) >= track.audio().bitrate();
        boolean direct = fits && body.path("EnableDirectPlay").asBoolean(true);
        boolean transcoding = user.transcoding() && !track.audio().transcoded().isEmpty();
        source.put("SupportsDirectPlay", direct).put("SupportsDirectStream", direct).put("SupportsTranscoding", transcoding);
        if (!direct && transcoding && body.path("EnableTranscoding").asBoolean(true)) {
            String container = track.audio().transcoded().keySet().iterator().next();
            source.put("TranscodingContainer", container).put("TranscodingUrl",
                    "/Audio/" + track.id() + "/stream." + container + "?PlaySessionId=" + play
                            + "&DeviceId=" + call.identity().deviceId() + "&ApiKey=" + call.identity().token());
        }
        sources.add(source);
        if (!direct && !source.has("TranscodingUrl")) answer.put("ErrorCode", "NoCompatibleStream");
        return Json.answer(answer.put("PlaySessionId", play));
    }
}
