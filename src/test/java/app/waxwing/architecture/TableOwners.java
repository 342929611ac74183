package app.waxwing.architecture;

import java.util.Set;

/// The classes outside `store` that own a feature's tables and may therefore write SQL.
final class TableOwners {
    static final Set<String> NAMES = Set.of(
            "AbandonedRows", "AccountRemoval", "AccountStore", "AheadRows", "AlbumFigures", "AlbumTable", "AlbumWriter", "ArtistFigures",
            "ArtistTable", "ArtistWriter", "Batch", "Behind", "CachedRows", "CompletedRows", "CoverTable", "DownloadRows",
            "DownloadStore", "FileRows", "FileTable", "FolderChoice", "FolderRows", "FollowRows", "FoundRows", "GenreTable",
            "GoneAnswers", "GoneRows", "Guard", "HeldSweeps", "HomePage", "InFront", "InOrder", "Journal", "KeepRows", "LastReason",
            "LeftOff",
            "LeftPage", "LeftRows",
            "LetterIndex", "LikelyItems", "LookUp", "LostEntries", "LyricsStore", "MiddleWords", "MissedRows", "MovedAlbums",
            "MovedEntries",
            "MovedFiles", "MovedRows", "NameRefill", "Names",
            "NetworkRows", "OrderRows", "Overlooked", "PendingActions", "PlayHistory", "PlayerStore", "PlaylistEntries", "PlaylistId",
            "PlaylistOrder",
            "PlaylistSync",
            "PlaylistTable", "PlaylistWriter", "QualityRows", "QueueRows", "ReasonRows", "Replay", "SampleRows", "Search", "SearchHistory",
            "SearchKind", "SearchMemory", "SearchRefill",
            "Sending", "SimilarStore", "SoughtRows", "SourceRows", "Storage", "StoredLibrary", "Sweep", "SyncContext", "SyncEngine",
            "SyncRun", "SyncStep", "Tables", "TrackTable", "TrackWriter", "TrafficRows", "UserDataSync",
            "UserDataWriter", "UserEdits", "Vanished", "Words");

    private TableOwners() {}
}
