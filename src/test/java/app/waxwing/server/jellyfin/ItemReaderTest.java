package app.waxwing.server.jellyfin;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.server.ArtistRef;
import app.waxwing.server.RemoteTrack;
import app.waxwing.server.wire.JsonObject;
import app.waxwing.server.wire.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ItemReaderTest {
    private static JsonObject item(String type, String more) throws IOException {
        String text = "{\"Id\":\"22222222222222222222222222222222\",\"Type\":\"" + type + "\"" + more.replace('\'', '"') + "}";
        return JsonReader.object(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 10_000, "test");
    }

    private static RemoteTrack track(String more) throws IOException {
        return ItemReader.track(item("Audio", more)).orElseThrow();
    }

    @Test
    @DisplayName("3.21 genres and artists that come as an empty list are the server's word that there are none; a list that is missing says nothing")
    void emptyLists() throws IOException {
        RemoteTrack silent = track("");
        assertThat(silent.genres()).isEmpty();
        assertThat(silent.artists()).isEmpty();
        assertThat(silent.albumArtists()).isEmpty();
        RemoteTrack none = track(",'Genres':[],'ArtistItems':[],'Artists':[],'AlbumArtists':[]");
        assertThat(none.genres()).isEqualTo(RemoteTrack.NO_GENRES);
        assertThat(none.artists()).isEqualTo(ArtistRef.NOBODY);
        assertThat(none.albumArtists()).isEqualTo(ArtistRef.NOBODY);
        RemoteTrack nulls = track(",'Genres':null,'ArtistItems':null,'Artists':null,'AlbumArtists':[{'Name':null}]");
        assertThat(nulls.genres()).isEmpty();
        assertThat(nulls.artists()).isEmpty();
        assertThat(nulls.albumArtists()).as("an entry that cannot be read is not nobody").isEmpty();
        RemoteTrack named = track(",'ArtistItems':[],'Artists':['Ada'],'AlbumArtists':[],'AlbumArtist':'Ida'");
        assertThat(named.artists()).containsExactly(new ArtistRef("", "Ada"));
        assertThat(named.albumArtists()).containsExactly(new ArtistRef("", "Ida"));
        assertThat(ItemReader.album(item("MusicAlbum", ",'AlbumArtists':[]")).orElseThrow().artists()).isEqualTo(ArtistRef.NOBODY);
    }

    @Test
    @DisplayName("3.21 pictures among which is no cover are the server's word that there is none; where no pictures are listed it says nothing")
    void noCover() throws IOException {
        assertThat(track("").imageTag()).isEmpty();
        assertThat(track(",'ImageTags':null").imageTag()).isEmpty();
        assertThat(track(",'ImageTags':{}").imageTag()).contains("");
        assertThat(track(",'ImageTags':{'Primary':'abc'}").imageTag()).contains("abc");
        assertThat(track(",'ImageTags':{'Primary':'" + "x".repeat(300) + "'}").imageTag()).as("a tag that cannot be one").isEmpty();
        assertThat(ItemReader.album(item("MusicAlbum", ",'ImageTags':{'Logo':'l'}")).orElseThrow().imageTag()).contains("");
        assertThat(ItemReader.artist(item("MusicArtist", ",'ImageTags':{}")).orElseThrow().imageTag()).contains("");
        assertThat(ItemReader.playlist(item("Playlist", ",'ImageTags':{}")).orElseThrow().imageTag()).contains("");
        assertThat(ItemReader.image(item("Audio", ",'ImageTags':{}"))).as("who asks for the tag of now gets none").isEmpty();
    }
}
