package app.waxwing.demo;

import app.waxwing.demo.Item.Track;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The bytes: originals, transcodes, pictures, words.
final class FileRoutes {
    private static final Map<String, String> TYPES = Map.of("flac", "audio/flac", "mp3", "audio/mpeg", "ogg", "audio/ogg", "opus",
            "audio/ogg", "m4a",
            "audio/mp4", "wav", "audio/wav");

    private final Shelf shelf;
    private final ServerVersion version;

    FileRoutes(Shelf shelf, ServerVersion version) {
        this.shelf = shelf;
        this.version = version;
    }

    void register(Router router) {
        router.on("GET", "/Items/{id}/Download", this::download);
        router.on("GET", "/Items/{id}/File", this::file);
        for (String method : List.of("GET", "HEAD")) {
            router.open(method, "/Audio/{id}/{stream}", call -> stream(call, method.equals("HEAD")));
            router.open(method, "/Items/{id}/Images/{type}", this::image);
            router.open(method, "/Items/{id}/Images/{type}/{index}", this::image);
        }
        router.on("DELETE", "/Videos/ActiveEncodings", _ -> Response.status(204));
    }

    private Item visible(Call call) {
        return shelf.item(call.id()).filter(i -> !shelf.invisible(i.id())).orElseThrow(HttpProblem::notFound);
    }

    private Response download(Call call) throws IOException {
        if (!call.caller().downloads()) throw HttpProblem.empty(403);
        if (!(visible(call) instanceof Track track)) throw HttpProblem.thrown(400);
        String name = track.path().substring(track.path().lastIndexOf('/') + 1);
        String plain = name.replaceAll("[^\\x20-\\x7e]|[\"\\\\]", "_");
        return original(call, track).with("Content-Disposition", "attachment; filename=\"" + plain + "\"; filename*=UTF-8''"
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    private Response file(Call call) throws IOException {
        if (!(visible(call) instanceof Track track)) throw HttpProblem.thrown(404);
        return original(call, track);
    }

    private static Response original(Call call, Track track) throws IOException {
        return Ranges.answer(call.request(), track.audio().content(), type(track.audio().container()));
    }

    private static String type(String container) {
        return TYPES.getOrDefault(container, "application/octet-stream");
    }

    /// `stream`, `stream.mp3`, `universal`, and the words under `Lyrics`, which share the place in the path.
    private Response stream(Call call, boolean head) throws IOException {
        String what = call.variable("stream").toLowerCase(Locale.ROOT);
        if (what.equals("lyrics") && !head) return lyrics(call);
        if (what.equals("universal")) {
            call.caller();
            return universal(call, head);
        }
        if (!what.equals("stream") && !what.startsWith("stream.")) throw HttpProblem.empty(404);
        if (!(visible(call) instanceof Track track)) throw HttpProblem.notFound();
        if (call.request().flag("static", false)) return original(call, track);
        String container = what.startsWith("stream.")
                ? what.substring(7)
                : call.request().param("container").orElse(track.audio().container());
        return transcode(track, plain(container), call.request().param("audioCodec").map(FileRoutes::plain).orElse(""), head);
    }

    private Response universal(Call call, boolean head) throws IOException {
        if (!(visible(call) instanceof Track track)) throw HttpProblem.notFound();
        var audio = track.audio();
        boolean fits = call.request().integer("maxStreamingBitrate", Integer.MAX_VALUE) >= audio.bitrate();
        boolean known = call.request().list("container").stream().anyMatch(entry -> {
            var words = List.of(entry.toLowerCase(Locale.ROOT).split("\\|"));
            return words.getFirst().equals(audio.container()) && (words.size() == 1 || words.contains(audio.codec()));
        });
        if (fits && known) return original(call, track);
        return transcode(track, plain(call.request().param("transcodingContainer").orElse("mp3")),
                call.request().param("audioCodec").map(FileRoutes::plain).orElse(""), head);
    }

    private static String plain(String name) {
        if (!name.matches("[A-Za-z0-9,|._-]{1,40}")) throw HttpProblem.invalid("container", name);
        return name.toLowerCase(Locale.ROOT);
    }

    /// A transcode as it comes from ffmpeg: chunked, without length, date or ranges. Its bytes were rendered beforehand, or are a copy
    /// where the codec stays; what was neither prepared nor is a copy fails as an encoder would.
    private static Response transcode(Track track, String container, String codec, boolean head) {
        var audio = track.audio();
        var ready = Optional.ofNullable(audio.transcoded().get(codec))
                .or(() -> Optional.ofNullable(audio.transcoded().get(container)));
        boolean copy = audio.container().equals(container) || audio.codec().equals(container)
                || !codec.isEmpty() && audio.codec().equals(codec);
        var source = ready.or(() -> copy ? Optional.of(audio.content()) : Optional.empty());
        if (source.isEmpty()) throw HttpProblem.thrown(500);
        if (head)
            return Response.status(200).with("Content-Type", type(container)).with("Accept-Ranges", "none").with(Response.Framing.NONE);
        return Response.chunked(200, type(container), (_, out) -> {
            try (var in = source.get().open(0)) {
                byte[] buffer = new byte[16 * 1024];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    out.write(buffer, 0, n);
                    out.flush();
                }
            }
        }).with("Accept-Ranges", "none");
    }

    private Response lyrics(Call call) {
        call.caller();
        if (!(visible(call) instanceof Track track) || track.lyrics().lines().isEmpty()) throw HttpProblem.notFound();
        var answer = Json.MAPPER.createObjectNode();
        var head = answer.putObject("Metadata").put("Title", track.name());
        shelf.item(track.albumId()).ifPresent(a -> head.put("Album", a.name()));
        track.artists().stream().findFirst().flatMap(shelf::item).ifPresent(a -> head.put("Artist", a.name()));
        head.put("IsSynced", track.lyrics().synced());
        var lines = answer.putArray("Lyrics");
        for (var line : track.lyrics().lines()) {
            var dto = lines.addObject().put("Text", line.text());
            if (line.start() >= 0) dto.put("Start", line.start());
        }
        return Json.answer(answer);
    }

    /// The smallest ready size that is not below what was asked for. Always JPEG: we keep no other form.
    private Response image(Call call) throws IOException {
        var picture = visible(call).picture();
        if (!call.variable("type").equalsIgnoreCase("Primary") || !picture.present())
            throw HttpProblem.said(404, "Item " + call.id() + " does not have an image of type " + call.variable("type"));
        var r = call.request();
        int wanted = 0;
        for (String name : List.of("fillWidth", "fillHeight", "maxWidth", "maxHeight", "width", "height"))
            wanted = Math.max(wanted, r.integer(name, 0));
        var size = wanted == 0 ? picture.sizes().lastEntry() : picture.sizes().ceilingEntry(wanted);
        var content = (size == null ? picture.sizes().lastEntry() : size).getValue();
        boolean tagged = r.param("tag").isPresent();
        String modified = HttpListener.httpDate(content.modified());
        String etag = "\"" + picture.tag() + "\"";
        boolean same = r.header("If-Modified-Since").filter(modified::equals).isPresent()
                || version.atLeast(12) && r.header("If-None-Match").filter(etag::equals).isPresent();
        var answer = same ? Response.status(304) : Response.bytes(200, "image/jpeg", content.bytes());
        answer = answer
                .with("Cache-Control",
                        tagged ? version.atLeast(12) ? "public, max-age=31536000, immutable" : "public, max-age=31536000" : "public")
                .with("Last-Modified", modified).with("Vary", "Accept").with("Age", "0").with("Content-Disposition", "attachment");
        return tagged && version.atLeast(12) ? answer.with("ETag", etag) : answer;
    }
}
