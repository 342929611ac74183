package app.waxwing.server.jellyfin;

import java.util.Optional;

/// A transcode such as `opus-128` or `mp3-320` in Jellyfin's words.
record Quality(String container, String codec, int bitrate) {
    static Optional<Quality> of(String word) {
        int dash = word.lastIndexOf('-');
        if (dash < 1 || !word.substring(dash + 1).matches("\\d{2,3}")) return Optional.empty();
        int kilobits = Integer.parseInt(word.substring(dash + 1));
        if (kilobits < 32 || kilobits > 512) return Optional.empty();
        return switch (word.substring(0, dash)) {
            case "opus" -> Optional.of(new Quality("ogg", "opus", kilobits * 1000));
            case "mp3" -> Optional.of(new Quality("mp3", "mp3", kilobits * 1000));
            case "aac" -> Optional.of(new Quality("aac", "aac", kilobits * 1000));
            default -> Optional.empty();
        };
    }
}
