package app.waxwing.demo;

import java.time.Instant;

/// What one user did with one item.
///
/// @param likes 1 liked, −1 disliked, 0 neither
/// @param lastPlayed the epoch when it never was
record UserData(long position, int playCount, boolean favorite, int likes, boolean played, Instant lastPlayed) {
    static final UserData NONE = new UserData(0, 0, false, 0, false, Instant.EPOCH);

    UserData favorite(boolean is) {
        return new UserData(position, playCount, is, likes, played, lastPlayed);
    }

    UserData likes(int opinion) {
        return new UserData(position, playCount, favorite, opinion, played, lastPlayed);
    }

    UserData played(int count, boolean is, Instant at) {
        return new UserData(0, count, favorite, likes, is, at);
    }
}
