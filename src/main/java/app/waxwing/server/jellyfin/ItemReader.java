package app.waxwing.server.jellyfin;

import app.waxwing.server.ArtistRef;
import app.waxwing.server.RemoteAlbum;
import app.waxwing.server.RemoteArtist;
import app.waxwing.server.RemoteFolder;
import app.waxwing.server.RemotePlaylist;
import app.waxwing.server.RemotePlaylistEntry;
import app.waxwing.server.RemoteTrack;
import app.waxwing.server.RemoteUserData;
import app.waxwing.server.wire.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Jellyfin's `BaseItemDto` in our records. Each reader gives empty for an item of another kind or without a usable id; the page counts those.
final class ItemReader {
    /// Jellyfin counts time in 100 ns.
    private static final long TICKS_PER_MILLI = 10_000;
    private static final long LONGEST_MILLIS = Duration.ofDays(3650).toMillis();

    private ItemReader() {}

    static Optional<RemoteTrack> track(JsonObject item) {
        if (!is(item, "Audio")) return Optional.empty();
        return id(item, "Id").map(id -> {
            Optional<JsonObject> file = item.objects("MediaSources").stream().findFirst();
            Optional<String> title = item.text("Name")
                    .map(n -> n.isBlank() ? item.words("Path").map(RemoteTrack::fileTitle).orElse("") : n);
            return new RemoteTrack(id, title, item.text("SortName"), id(item, "AlbumId"), item.words("Album"),
                    people(item, "ArtistItems", "Artists"), people(item, "AlbumArtists", "AlbumArtist"),
                    counted(item, "ParentIndexNumber"), counted(item, "IndexNumber"), year(item), genres(item),
                    duration(item.number("RunTimeTicks")), container(item, file), size(file),
                    file.map(f -> f.integer("Bitrate")).orElse(OptionalInt.empty()), item.words("Path"),
                    item.object("ProviderIds").flatMap(p -> p.words("MusicBrainzTrack").or(() -> p.words("MusicBrainzRecording"))),
                    cover(item), gain(item, "NormalizationGain"), gain(item, "AlbumNormalizationGain"), item.isTrue("HasLyrics"),
                    file.flatMap(f -> f.words("ETag")).or(() -> item.words("Etag")), item.instant("DateCreated"),
                    item.object("UserData").map(d -> userData(id, d)), item.problem());
        });
    }

    static Optional<RemoteAlbum> album(JsonObject item) {
        if (!is(item, "MusicAlbum")) return Optional.empty();
        return id(item, "Id")
                .map(id -> new RemoteAlbum(id, item.text("Name"), item.text("SortName"), people(item, "AlbumArtists", "AlbumArtist"),
                        year(item), cover(item), gain(item, "NormalizationGain"), item.instant("DateCreated"), favourite(item)));
    }

    static Optional<RemoteArtist> artist(JsonObject item) {
        if (!is(item, "MusicArtist")) return Optional.empty();
        return id(item, "Id").map(id -> new RemoteArtist(id, item.text("Name"), item.text("SortName"), cover(item), favourite(item)));
    }

    static Optional<RemotePlaylist> playlist(JsonObject item) {
        if (!is(item, "Playlist") || item.raw("MediaType").filter("Video"::equalsIgnoreCase).isPresent()) return Optional.empty();
        return id(item, "Id").map(id -> new RemotePlaylist(id, item.text("Name"), cover(item), item.isTrue("CanDelete"),
                item.words("Etag"), favourite(item)));
    }

    static Optional<RemotePlaylistEntry> entry(JsonObject item) {
        if (!is(item, "Audio")) return Optional.empty();
        return id(item, "Id")
                .map(id -> new RemotePlaylistEntry(id, item.raw("PlaylistItemId").filter(e -> !e.isBlank() && e.length() < 100)));
    }

    static Optional<RemoteFolder> folder(JsonObject item) {
        return id(item, "Id").map(id -> new RemoteFolder(id, item.text("Name").orElse(""),
                item.words("CollectionType").orElse("").toLowerCase(Locale.ROOT)));
    }

    static Optional<RemoteUserData> userData(JsonObject item) {
        return id(item, "Id").flatMap(id -> item.object("UserData").map(d -> userData(id, d)));
    }

    /// User data that comes without its item.
    static Optional<RemoteUserData> userDataAlone(JsonObject data) {
        return id(data, "ItemId").map(id -> userData(id, data));
    }

    static Optional<String> idOnly(JsonObject item) {
        return id(item, "Id");
    }

    private static RemoteUserData userData(String id, JsonObject data) {
        return new RemoteUserData(id, data.isTrue("IsFavorite"), Math.max(0, data.integer("PlayCount").orElse(0)),
                data.instant("LastPlayedDate"), duration(data.number("PlaybackPositionTicks")).orElse(Duration.ZERO));
    }

    /// 32 lower-case hex digits, however the server wrote the GUID; anything else cannot be asked for again and is no id.
    static Optional<String> id(JsonObject item, String name) {
        return item.raw(name).flatMap(ItemReader::normal);
    }

    static Optional<String> normal(String guid) {
        String hex = guid.replace("-", "").toLowerCase(Locale.ROOT);
        boolean right = hex.length() == 32 && hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
        return right && !hex.chars().allMatch(c -> c == '0') ? Optional.of(hex) : Optional.empty();
    }

    static Optional<Duration> duration(OptionalLong ticks) {
        if (ticks.isEmpty()) return Optional.empty();
        long millis = ticks.getAsLong() / TICKS_PER_MILLI;
        return millis < 0 || millis > LONGEST_MILLIS ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }

    static long ticks(Duration duration) {
        return Math.max(0, duration.toMillis()) * TICKS_PER_MILLI;
    }

    private static boolean is(JsonObject item, String type) {
        return item.raw("Type").filter(type::equalsIgnoreCase).isPresent();
    }

    /// As [RemoteTrack] has them: a list that is there and empty is the server's word.
    private static List<String> genres(JsonObject item) {
        return item.isEmptyList("Genres") ? RemoteTrack.NO_GENRES : item.texts("Genres");
    }

    /// `[{Name, Id}]` where the server has ids; else the plain names. Where the lists that are there are empty, nobody.
    private static List<ArtistRef> people(JsonObject item, String withIds, String plain) {
        List<ArtistRef> known = item.objects(withIds).stream()
                .filter(a -> a.words("Name").isPresent())
                .map(a -> new ArtistRef(id(a, "Id").orElse(""), a.words("Name").orElse(""))).toList();
        if (!known.isEmpty()) return known;
        List<String> names = item.texts(plain);
        if (names.isEmpty()) names = item.words(plain).stream().toList();
        boolean nobody = names.isEmpty() && item.size(withIds) + item.size(plain) == 0
                && (item.isEmptyList(withIds) || item.isEmptyList(plain));
        if (nobody) return ArtistRef.NOBODY;
        return names.stream().map(n -> new ArtistRef("", n)).toList();
    }

    private static OptionalInt counted(JsonObject item, String name) {
        OptionalInt n = item.integer(name);
        return n.isPresent() && n.getAsInt() >= 0 ? n : OptionalInt.empty();
    }

    private static OptionalInt year(JsonObject item) {
        OptionalInt year = item.integer("ProductionYear");
        return year.isPresent() && year.getAsInt() > 0 && year.getAsInt() < 10_000 ? year : OptionalInt.empty();
    }

    private static OptionalLong size(Optional<JsonObject> file) {
        OptionalLong size = file.map(f -> f.number("Size")).orElse(OptionalLong.empty());
        return size.isPresent() && size.getAsLong() >= 0 ? size : OptionalLong.empty();
    }

    /// Decibels; a value no sane tag holds reads as none.
    private static OptionalDouble gain(JsonObject item, String name) {
        OptionalDouble gain = item.decimal(name);
        return gain.isPresent() && Math.abs(gain.getAsDouble()) <= 60 ? gain : OptionalDouble.empty();
    }

    static Optional<String> image(JsonObject item) {
        return item.object("ImageTags").flatMap(tags -> tags.raw("Primary")).filter(t -> !t.isBlank() && t.length() <= 200);
    }

    /// As [RemoteTrack] has it: empty text where the server lists the pictures and no cover is among them.
    private static Optional<String> cover(JsonObject item) {
        return image(item).or(() -> item.object("ImageTags").filter(tags -> tags.raw("Primary").isEmpty()).map(tags -> ""));
    }

    private static Optional<Boolean> favourite(JsonObject item) {
        return item.object("UserData").flatMap(d -> d.flag("IsFavorite"));
    }

    /// Some containers come as a list of what the format may be called («mov,mp4,m4a,3gp»): the file's own extension decides, then m4a, then the first.
    private static Optional<String> container(JsonObject item, Optional<JsonObject> file) {
        Optional<String> said = file.flatMap(f -> f.words("Container")).or(() -> item.words("Container"))
                .map(c -> c.toLowerCase(Locale.ROOT)).filter(c -> c.length() <= 100);
        if (said.isEmpty() || said.get().indexOf(',') < 0) return said;
        List<String> names = Arrays.asList(said.get().split(","));
        String extension = item.raw("Path").map(p -> p.substring(p.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)).orElse("");
        return Optional.of(names.contains(extension) ? extension : names.contains("m4a") ? "m4a" : names.get(0));
    }
}
