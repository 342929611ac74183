package app.waxwing.library;

import static app.waxwing.store.schema.Tables.TRACK;

import app.waxwing.base.ItemKey;
import app.waxwing.server.MediaServer;
import app.waxwing.server.RemotePlaylistEntry;
import app.waxwing.server.RemoteTrack;
import app.waxwing.store.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a playlist held here and its server's list holds no longer. A server leaves out by itself what it no longer has (Jellyfin: «missing entries
/// are left out»): such an entry stays here, in its place, until the user removes it. One whose track the server still gives was removed by somebody.
public final class LostEntries {
    private LostEntries() {}

    /// The server's list with what it lost by itself. Asks the server about the few that are in doubt: for `io-*` threads.
    ///
    /// @param told the server's list as a whole
    public static List<RemotePlaylistEntry> kept(Database database, MediaServer server, ItemKey playlist, List<RemotePlaylistEntry> told) {
        return kept(database, server, playlist, told, () -> {});
    }

    /// @param first done before each request, such as giving way to others
    static List<RemotePlaylistEntry> kept(Database database, MediaServer server, ItemKey playlist, List<RemotePlaylistEntry> told,
            Runnable first) {
        Set<String> listed = new HashSet<>();
        for (RemotePlaylistEntry entry : told) listed.add(entry.trackId());
        List<RemotePlaylistEntry> here = database.readNow(sql -> PlaylistEntries.read(sql, playlist));
        Set<String> missing = new LinkedHashSet<>();
        for (RemotePlaylistEntry entry : here) if (!listed.contains(entry.trackId())) missing.add(entry.trackId());
        Set<String> lost = missing.isEmpty() ? Set.of() : lost(database, server, playlist.account(), List.copyOf(missing), first);
        return lost.isEmpty() ? told : merged(here, lost, told);
    }

    private static Set<String> lost(Database database, MediaServer server, long account, List<String> missing, Runnable first) {
        Set<String> lost = new HashSet<>();
        for (int from = 0; from < missing.size(); from += Tables.MANY) {
            List<String> some = missing.subList(from, Math.min(missing.size(), from + Tables.MANY));
            List<String> asked = new ArrayList<>();
            database.readNow(sql -> sql.select(TRACK.ITEM_ID, TRACK.GONE_AT).from(TRACK)
                    .where(TRACK.ACCOUNT_ID.eq(account), TRACK.ITEM_ID.in(some)).fetch())
                    .forEach(r -> (r.value2() != null && r.value2() > FolderChoice.HIDDEN ? lost : asked).add(r.value1()));
            if (asked.isEmpty()) continue;
            lost.addAll(asked);
            first.run();
            server.tracks(asked).stream().map(RemoteTrack::id).forEach(lost::remove);
        }
        return lost;
    }

    /// Each behind the entry that it stood behind.
    static List<RemotePlaylistEntry> merged(List<RemotePlaylistEntry> here, Set<String> lost, List<RemotePlaylistEntry> told) {
        Map<String, List<RemotePlaylistEntry>> behind = new HashMap<>();
        Map<String, Integer> places = new HashMap<>();
        told.forEach(entry -> place(entry, places));
        Map<String, Integer> met = new HashMap<>();
        String before = "";
        for (RemotePlaylistEntry entry : here) {
            if (lost.contains(entry.trackId())) {
                behind.computeIfAbsent(before, b -> new ArrayList<>()).add(entry);
            } else if (places.getOrDefault(entry.trackId(), 0) > met.getOrDefault(entry.trackId(), 0)) {
                before = place(entry, met);
            }
        }
        List<RemotePlaylistEntry> all = new ArrayList<>(behind.getOrDefault("", List.of()));
        Map<String, Integer> passed = new HashMap<>();
        for (RemotePlaylistEntry entry : told) {
            all.add(entry);
            all.addAll(behind.getOrDefault(place(entry, passed), List.of()));
        }
        return all;
    }

    /// Names the entry by its track and how often that was met before.
    private static String place(RemotePlaylistEntry entry, Map<String, Integer> met) {
        return entry.trackId() + "\n" + met.merge(entry.trackId(), 1, Integer::sum);
    }
}
