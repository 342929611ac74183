package app.waxwing.architecture;

import java.util.Set;

/// The classes outside `store` that own a feature's tables and may therefore write SQL.
final class TableOwners {
    static final Set<String> NAMES = Set.of(
            // playback: play_history; queue_item, player_state, player_order
            "PlayHistory", "PlayerStore",
            "AccountRemoval", "AccountStore", "CoverTable", "DownloadStore", "DownloadRows", "FileRows",
            "KeepRows", "Names", "Rows", "Guard");

    private TableOwners() {}
}
