package app.waxwing.server;

import java.time.Duration;

/// Where playback of one track stands, for the server's «now playing».
///
/// @param playSession one random id per play of a track
public record PlayReport(String trackId, String playSession, Duration position, boolean paused, int volume, Method method) {
    public enum Method {
        DIRECT, TRANSCODE
    }
}
