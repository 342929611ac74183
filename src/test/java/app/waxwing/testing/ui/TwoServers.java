package app.waxwing.testing.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Availability;
import app.waxwing.library.Playlist;
import app.waxwing.library.Track;
import java.time.Duration;
import java.util.Optional;

/// Sample music on one server and three tracks and a playlist of another.
public final class TwoServers {
    public static final long ATTIC = 2;

    private TwoServers() {}

    public static FakeServices services() {
        FakeServices fake = FakeServices.sample(FakeAccounts.HOME, FakeAccounts.account(ATTIC, "attic"));
        for (int i = 0; i < 3; i++) fake.music.tracks.add(of(fake.music.tracks.get(i), new ItemKey(ATTIC, "attic-" + i)));
        fake.music.playlists.add(playlist(new ItemKey(FakeAccounts.HOME.id(), "local-1"), "Evening"));
        fake.music.playlists.add(playlist(new ItemKey(ATTIC, "attic-list"), "Attic evening"));
        return fake;
    }

    private static Playlist playlist(ItemKey key, String title) {
        return new Playlist(1_000 + key.account(), key, title, 0, Duration.ZERO, true, false, Optional.empty(), Availability.REMOTE, 0);
    }

    private static Track of(Track t, ItemKey key) {
        return new Track(t.row() + 100_000, key, t.title(), t.artist(), t.artists(), t.artistId(), t.album(), t.albumId(), t.albumArtist(),
                t.disc(), t.number(), t.year(), t.genres(), t.duration(), t.container(), t.size(), t.favourite(), t.playCount(),
                t.lastPlayed(), t.gainDb(), t.albumGainDb(), t.hasLyrics(), t.cover(), t.availability(), t.problem(), t.fileSize());
    }
}
