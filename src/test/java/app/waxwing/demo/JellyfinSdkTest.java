package app.waxwing.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineScope;
import kotlinx.serialization.KSerializer;
import kotlinx.serialization.json.Json;
import org.jellyfin.sdk.api.client.ApiClient;
import org.jellyfin.sdk.api.client.HttpClientOptions;
import org.jellyfin.sdk.api.client.Response;
import org.jellyfin.sdk.api.okhttp.OkHttpFactory;
import org.jellyfin.sdk.api.operations.ArtistsApi;
import org.jellyfin.sdk.api.operations.ItemsApi;
import org.jellyfin.sdk.api.operations.LibraryApi;
import org.jellyfin.sdk.api.operations.LyricsApi;
import org.jellyfin.sdk.api.operations.PlayStateApi;
import org.jellyfin.sdk.api.operations.PlaylistsApi;
import org.jellyfin.sdk.api.operations.QuickConnectApi;
import org.jellyfin.sdk.api.operations.SystemApi;
import org.jellyfin.sdk.api.operations.UserApi;
import org.jellyfin.sdk.api.operations.UserLibraryApi;
import org.jellyfin.sdk.api.operations.UserViewsApi;
import org.jellyfin.sdk.api.sockets.SocketReconnectPolicy;
import org.jellyfin.sdk.model.ClientInfo;
import org.jellyfin.sdk.model.DeviceInfo;
import org.jellyfin.sdk.model.api.AuthenticateUserByName;
import org.jellyfin.sdk.model.api.BaseItemDto;
import org.jellyfin.sdk.model.api.AuthenticationResult;
import org.jellyfin.sdk.model.api.BaseItemDtoQueryResult;
import org.jellyfin.sdk.model.api.LyricDto;
import org.jellyfin.sdk.model.api.PlaylistCreationResult;
import org.jellyfin.sdk.model.api.PublicSystemInfo;
import org.jellyfin.sdk.model.api.QuickConnectResult;
import org.jellyfin.sdk.model.api.UserDto;
import org.jellyfin.sdk.model.api.UserItemDataDto;
import org.jellyfin.sdk.model.api.CreatePlaylistDto;
import org.jellyfin.sdk.model.api.PlaybackStartInfo;
import org.jellyfin.sdk.model.api.PlaybackStopInfo;
import org.jellyfin.sdk.model.api.request.GetAlbumArtistsRequest;
import org.jellyfin.sdk.model.api.request.GetItemsRequest;
import org.jellyfin.sdk.model.api.request.GetPlaylistItemsRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The demonstration server under a client that we did not write: Jellyfin's own SDK, with its strict reader.
class JellyfinSdkTest {
    private DemoServer server;
    private ApiClient client;

    @BeforeEach
    void start() throws IOException, ReflectiveOperationException {
        server = DemoServer.start(DemoLibrary.bundled(), 0);
        var factory = new OkHttpFactory();
        client = factory.create(server.url(), null, new ClientInfo("Waxwing SDK test", "1.0"), new DeviceInfo("sdk+1/é", "Küche"),
                options(), factory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("2 Demonstration: the whole driven once by Jellyfin's own SDK")
    void jellyfinsOwnSdkGoesTheWholeWay() throws InterruptedException {
        assertThat(run(PublicSystemInfo.class, k -> new SystemApi(client).getPublicSystemInfo(k)).getVersion()).isEqualTo("10.11.11");
        var pairing = run(QuickConnectResult.class, k -> new QuickConnectApi(client).initiateQuickConnect(k));
        assertThat(pairing.getDeviceId()).isEqualTo("sdk+1/é");

        var signedIn = run(AuthenticationResult.class,
                k -> new UserApi(client).authenticateUserByName(new AuthenticateUserByName(DemoServer.USER, DemoServer.PASSWORD), k));
        client.update(server.url(), signedIn.getAccessToken(), client.getClientInfo(), client.getDeviceInfo());
        UUID me = run(UserDto.class, k -> new UserApi(client).getCurrentUser(k)).getId();
        assertThat(me).isEqualTo(signedIn.getUser().getId());

        var views = run(BaseItemDtoQueryResult.class, k -> new UserViewsApi(client).getUserViews(me, null, null, null, k));
        assertThat(views.getItems()).extracting(BaseItemDto::getName).containsExactly("Music", "Playlists");
        var tracks = run(BaseItemDtoQueryResult.class,
                k -> new ItemsApi(client).getItems(
                        read(GetItemsRequest.Companion.serializer(),
                                """
                                        {"recursive":true,"includeItemTypes":["Audio"],"fields":["MediaSources","Genres","DateCreated"],"sortBy":["Album","IndexNumber"],
                                         "limit":100}"""),
                        k));
        assertThat(tracks.getItems()).hasSize(25).allSatisfy(t -> assertThat(t.getMediaSources().getFirst().getSize()).isPositive());
        var artists = run(BaseItemDtoQueryResult.class,
                k -> new ArtistsApi(client).getAlbumArtists(read(GetAlbumArtistsRequest.Companion.serializer(), "{}"), k));
        assertThat(artists.getItems()).extracting(BaseItemDto::getName).contains("Yuki Arai");

        var worded = tracks.getItems().stream().filter(t -> Boolean.TRUE.equals(t.getHasLyrics())).findFirst().orElseThrow();
        assertThat(run(LyricDto.class, k -> new LyricsApi(client).getLyrics(worded.getId(), k)).getLyrics()).isNotEmpty();

        var favourite = run(UserItemDataDto.class, k -> new UserLibraryApi(client).markFavoriteItem(worded.getId(), me, k));
        assertThat(favourite.isFavorite()).isTrue();
        play(me, worded);
        playlist(me, tracks.getItems());

        byte[] bytes = run(byte[].class, k -> new LibraryApi(client).getDownload(worded.getId(), k));
        assertThat(bytes).isEqualTo(server.shelf().start().bytes(Shelf.normal(worded.getId().toString())));
        run(Unit.class, k -> new org.jellyfin.sdk.api.operations.SessionApi(client).reportSessionEnded(k));
        assertThat(server.requests().getLast().path()).isEqualTo("/Sessions/Logout");
    }

    private void play(UUID me, BaseItemDto track) throws InterruptedException {
        String id = track.getId().toString();
        run(Unit.class, k -> new PlayStateApi(client).reportPlaybackStart(read(PlaybackStartInfo.Companion.serializer(), """
                {"ItemId":"%s","CanSeek":true,"IsPaused":false,"IsMuted":false,"PlayMethod":"DirectPlay","RepeatMode":"RepeatNone",
                 "PlaybackOrder":"Default","PositionTicks":0}""".formatted(id)), k));
        run(Unit.class, k -> new PlayStateApi(client).reportPlaybackStopped(read(PlaybackStopInfo.Companion.serializer(), """
                {"ItemId":"%s","PositionTicks":50000000,"Failed":false}""".formatted(id)), k));
        var data = run(UserItemDataDto.class, k -> new ItemsApi(client).getItemUserData(track.getId(), me, k));
        assertThat(data.getPlayCount()).isEqualTo(1);
        assertThat(data.getPlayed()).isTrue();
    }

    private void playlist(UUID me, List<BaseItemDto> tracks) throws InterruptedException {
        var made = run(PlaylistCreationResult.class,
                k -> new PlaylistsApi(client).createPlaylist(read(CreatePlaylistDto.Companion.serializer(), """
                        {"Name":"From the SDK","Ids":["%s"],"UserId":"%s","MediaType":"Audio","Users":[],"IsPublic":false}"""
                        .formatted(tracks.getFirst().getId(), me)), k));
        UUID id = UUID.fromString(made.getId().replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
        run(Unit.class,
                k -> new PlaylistsApi(client).addItemToPlaylist(id, List.of(tracks.getFirst().getId(), tracks.get(1).getId()), me, k));
        var items = run(BaseItemDtoQueryResult.class, k -> new PlaylistsApi(client)
                .getPlaylistItems(read(GetPlaylistItemsRequest.Companion.serializer(), "{\"playlistId\":\"" + id + "\"}"), k));
        assertThat(items.getItems()).extracting(BaseItemDto::getId).containsExactly(tracks.getFirst().getId(), tracks.get(1).getId());
    }

    /// One suspending call of the SDK, waited for.
    private interface Suspending<T> {
        Object start(Continuation<? super Response<T>> then);
    }

    private static <T> T run(Class<T> type, Suspending<T> call) throws InterruptedException {
        @SuppressWarnings("unchecked")
        var done = (Response<T>) BuildersKt.runBlocking(EmptyCoroutineContext.INSTANCE,
                (CoroutineScope _, Continuation<? super Response<T>> k) -> call.start(k));
        return type.cast(done.getContent());
    }

    private static <T> T read(KSerializer<T> type, String json) {
        return Json.Default.decodeFromString(type, json);
    }

    /// The SDK's options take Kotlin's inline durations, so that only the synthetic constructor with defaults is open to Java.
    private static HttpClientOptions options() throws ReflectiveOperationException {
        for (var constructor : HttpClientOptions.class.getDeclaredConstructors()) {
            if (constructor.getParameterCount() != 7) continue;
            constructor.setAccessible(true);
            return (HttpClientOptions) constructor.newInstance(true, 0L, 0L, 0L, (SocketReconnectPolicy) null, 0xff, null);
        }
        throw new NoSuchMethodException("HttpClientOptions");
    }
}
