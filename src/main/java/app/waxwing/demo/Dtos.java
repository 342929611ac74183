package app.waxwing.demo;

import app.waxwing.demo.Item.Album;
import app.waxwing.demo.Item.Artist;
import app.waxwing.demo.Item.Genre;
import app.waxwing.demo.Item.Playlist;
import app.waxwing.demo.Item.Track;
import app.waxwing.demo.Item.View;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// Writes items as `BaseItemDto`: nothing optional unless asked for by `fields`, nothing null.
final class Dtos {
    private static final double DECIBEL = 100.0;

    /// What a request wants to see of each item.
    ///
    /// @param fields lower case; `*` means all
    record Wish(Set<String> fields, boolean userData, boolean images) {
        static final Wish ALL = new Wish(Set.of("*"), true, true);

        static Wish of(Request request) {
            return new Wish(request.list("fields").stream().map(f -> f.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet()),
                    request.flag("enableUserData", true), request.flag("enableImages", true));
        }

        boolean wants(String field) {
            return fields.contains("*") || fields.contains(field.toLowerCase(Locale.ROOT));
        }
    }

    private final Shelf shelf;
    private final ServerVersion version;
    private final MediaDtos media;

    Dtos(Shelf shelf, ServerVersion version) {
        this.shelf = shelf;
        this.version = version;
        media = new MediaDtos();
    }

    MediaDtos media() {
        return media;
    }

    ObjectNode item(Item item, DemoUser user, Wish wish) {
        var dto = Json.MAPPER.createObjectNode();
        dto.put("Name", item.name()).put("ServerId", shelf.start().serverId()).put("Id", item.id());
        if (wish.wants("Etag")) dto.put("Etag", md5(Long.toString(shelf.saved(item).toEpochMilli())));
        if (wish.wants("DateCreated")) dto.put("DateCreated", Json.date(item.added()));
        if (wish.wants("SortName")) dto.put("SortName", item.sortName().toLowerCase(Locale.ROOT));
        if (wish.wants("CanDelete")) dto.put("CanDelete", item instanceof Playlist p && p.owner().equals(user.id()));
        if (wish.wants("CanDownload")) dto.put("CanDownload", item instanceof Track && user.downloads());
        if (item.ticks() > 0) dto.put("RunTimeTicks", item.ticks());
        if (item.year() > 0) {
            dto.put("ProductionYear", item.year());
            dto.put("PremiereDate", "%04d-01-01T00:00:00.0000000Z".formatted(item.year()));
        }
        dto.put("IsFolder", item.folder()).put("Type", item.type()).put("MediaType", mediaType(item)).put("LocationType", "FileSystem");
        if (wish.wants("Genres") && !item.genres().isEmpty()) genres(dto, item);
        switch (item) {
            case View view -> dto.put("CollectionType", view.collection());
            case Artist artist -> artist(dto, artist, wish);
            case Genre _ -> {
            }
            case Album album -> album(dto, album, wish);
            case Track track -> track(dto, track, wish);
            case Playlist playlist -> playlist(dto, playlist, wish);
        }
        if (wish.images()) images(dto, item);
        if (wish.userData()) dto.set("UserData", userData(item, user));
        return dto;
    }

    ObjectNode userData(Item item, DemoUser user) {
        var data = user.data(item.id());
        var dto = Json.MAPPER.createObjectNode();
        dto.put("PlaybackPositionTicks", data.position()).put("PlayCount", data.playCount()).put("IsFavorite", data.favorite());
        if (data.likes() != 0) dto.put("Likes", data.likes() > 0);
        if (data.lastPlayed().isAfter(Instant.EPOCH)) dto.put("LastPlayedDate", Json.date(data.lastPlayed()));
        if (item.ticks() > 0 && data.position() > 0) dto.put("PlayedPercentage", 100.0 * data.position() / item.ticks());
        return dto.put("Played", data.played()).put("Key", item.id()).put("ItemId", item.id());
    }

    private void artist(ObjectNode dto, Artist artist, Wish wish) {
        if (wish.wants("Overview") && !artist.overview().isEmpty()) dto.put("Overview", artist.overview());
        if (wish.wants("ItemCounts")) {
            dto.put("AlbumCount", (int) shelf.all(Album.class).stream().filter(a -> a.artists().contains(artist.id())).count());
            dto.put("SongCount", (int) shelf.all(Track.class).stream().filter(t -> t.artists().contains(artist.id())).count());
        }
    }

    private void album(ObjectNode dto, Album album, Wish wish) {
        var tracks = shelf.tracksOf(album.id());
        if (!dto.has("RunTimeTicks")) dto.put("RunTimeTicks", tracks.stream().mapToLong(Track::ticks).sum());
        if (wish.wants("CumulativeRunTimeTicks")) dto.put("CumulativeRunTimeTicks", tracks.stream().mapToLong(Track::ticks).sum());
        if (wish.wants("ChildCount")) dto.put("ChildCount", tracks.size());
        if (wish.wants("RecursiveItemCount")) dto.put("RecursiveItemCount", tracks.size());
        if (wish.wants("ParentId")) dto.put("ParentId", album.artists().getFirst());
        if (!Double.isNaN(album.gain())) dto.put("NormalizationGain", rounded(album.gain()));
        credits(dto, album.artists(), album.artists());
        if (wish.wants("Path")) dto.put("Path", "/srv/music/" + names(album.artists()) + "/" + album.name());
    }

    private void track(ObjectNode dto, Track track, Wish wish) {
        dto.put("IndexNumber", track.number()).put("ParentIndexNumber", track.disc()).put("Container", track.audio().container());
        dto.put("HasLyrics", !track.lyrics().lines().isEmpty());
        if (!Double.isNaN(track.gain())) dto.put("NormalizationGain", rounded(track.gain()));
        if (shelf.item(track.albumId()).orElse(null) instanceof Album album) {
            dto.put("Album", album.name()).put("AlbumId", album.id());
            if (wish.wants("ParentId")) dto.put("ParentId", album.id());
            if (album.picture().present() && wish.images()) {
                dto.put("AlbumPrimaryImageTag", album.picture().tag());
                if (wish.wants("ParentPrimaryImageTag")) {
                    dto.put("ParentPrimaryImageItemId", album.id());
                    dto.put("ParentPrimaryImageTag", album.picture().tag());
                }
            }
            if (version.atLeast(12) && !Double.isNaN(album.gain())) dto.put("AlbumNormalizationGain", rounded(album.gain()));
            credits(dto, track.artists(), album.artists());
        } else credits(dto, track.artists(), List.of());
        if (wish.wants("Path")) dto.put("Path", track.path());
        if (wish.wants("MediaSources")) dto.putArray("MediaSources").add(media.source(track));
        if (wish.wants("MediaSources") || wish.wants("MediaStreams")) dto.set("MediaStreams", media.streams(track));
    }

    private void playlist(ObjectNode dto, Playlist playlist, Wish wish) {
        long ticks = playlist.items().stream().map(shelf::item).flatMap(java.util.Optional::stream).mapToLong(Item::ticks).sum();
        dto.put("RunTimeTicks", ticks);
        if (wish.wants("CumulativeRunTimeTicks")) dto.put("CumulativeRunTimeTicks", ticks);
        if (wish.wants("ChildCount")) dto.put("ChildCount", playlist.items().size());
        if (wish.wants("RecursiveItemCount")) dto.put("RecursiveItemCount", playlist.items().size());
        if (wish.wants("Path")) dto.put("Path", "/config/data/playlists/" + playlist.name());
    }

    private void genres(ObjectNode dto, Item item) {
        var names = dto.putArray("Genres");
        var items = dto.putArray("GenreItems");
        for (String name : item.genres()) {
            names.add(name);
            shelf.genre(name).ifPresent(g -> items.addObject().put("Name", g.name()).put("Id", g.id()));
        }
    }

    private void credits(ObjectNode dto, List<String> artists, List<String> albumArtists) {
        var names = dto.putArray("Artists");
        var items = dto.putArray("ArtistItems");
        for (String id : artists) shelf.item(id).ifPresent(a -> {
            names.add(a.name());
            items.addObject().put("Name", a.name()).put("Id", a.id());
        });
        var owners = dto.putArray("AlbumArtists");
        for (String id : albumArtists) shelf.item(id).ifPresent(a -> owners.addObject().put("Name", a.name()).put("Id", a.id()));
        if (!owners.isEmpty()) dto.put("AlbumArtist", names(albumArtists));
    }

    private void images(ObjectNode dto, Item item) {
        var tags = dto.putObject("ImageTags");
        if (item.picture().present()) {
            tags.put("Primary", item.picture().tag());
            dto.put("PrimaryImageAspectRatio", 1.0);
        }
        dto.putArray("BackdropImageTags");
    }

    private String names(List<String> artists) {
        return artists.stream().map(shelf::item).flatMap(java.util.Optional::stream).map(Item::name).collect(Collectors.joining(", "));
    }

    static String mediaType(Item item) {
        return item instanceof Track || item instanceof Playlist ? "Audio" : "Unknown";
    }

    static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    private static double rounded(double gain) {
        return Math.round(gain * DECIBEL) / DECIBEL;
    }
}
