package app.waxwing.store;

/// How far a restore is.
///
/// @param done bytes of the backup that were read
/// @param all bytes of the backup; 0 where it cannot be said
public record RestoreProgress(Phase phase, long done, long all) {
    /// `KEEPING` is the backup of what is here now.
    public enum Phase {
        UNPACKING, CHECKING, KEEPING, READY
    }
}
