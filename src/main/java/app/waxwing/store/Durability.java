package app.waxwing.store;

/// How sure a write must be when its future completes.
public enum Durability {
    /// On the disk, even if the power fails now: edits, wishes, completed files, outbox. `synchronous = FULL`.
    KEPT,
    /// Survives the death of the process; a power cut may take the last moments: counts, positions, progress, sync. `synchronous = NORMAL`.
    SOON
}
