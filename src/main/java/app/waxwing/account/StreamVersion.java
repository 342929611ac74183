package app.waxwing.account;

import java.util.Map;
import okhttp3.Response;

/// Which version of a file an answer belongs to: its whole length and its time of change (Jellyfin sends no ETag, other servers may).
///
/// @param length of the whole file; -1 unknown
record StreamVersion(long length, String lastModified, String etag) {
    private static final Map<String, String> EXTENSIONS = Map.ofEntries(Map.entry("audio/flac", "flac"), Map.entry("audio/x-flac", "flac"),
            Map.entry("audio/mpeg", "mp3"), Map.entry("audio/ogg", "ogg"), Map.entry("audio/opus", "opus"), Map.entry("audio/mp4", "m4a"),
            Map.entry("audio/x-m4a", "m4a"), Map.entry("audio/aac", "aac"), Map.entry("audio/wav", "wav"), Map.entry("audio/x-wav", "wav"),
            Map.entry("audio/wave", "wav"), Map.entry("audio/x-ms-wma", "wma"), Map.entry("audio/aiff", "aiff"),
            Map.entry("audio/webm", "webm"));

    static StreamVersion of(Response response) {
        return new StreamVersion(total(response), response.header("Last-Modified", ""), response.header("ETag", ""));
    }

    /// True when the answer carries on with the file that this is, from the position asked for (or from the start).
    boolean same(Response response, long asked) {
        StreamVersion other = of(response);
        if (length >= 0 && other.length >= 0 && length != other.length) return false;
        if (!lastModified.equals(other.lastModified) || !etag.equals(other.etag)) return false;
        return response.code() != 206 || start(response) == asked;
    }

    /// A name with an extension for a decoder's guess.
    static String name(Response response) {
        String type = response.header("Content-Type", "");
        int semicolon = type.indexOf(';');
        String extension = EXTENSIONS.get((semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(java.util.Locale.ROOT));
        return extension == null ? "" : "stream." + extension;
    }

    private static long total(Response response) {
        if (response.code() != 206) return response.body().contentLength();
        String range = response.header("Content-Range", "");
        return number(range.substring(range.lastIndexOf('/') + 1));
    }

    private static long start(Response response) {
        String range = response.header("Content-Range", "");
        int space = range.indexOf(' ');
        int dash = range.indexOf('-');
        return space < 0 || dash < space ? -1 : number(range.substring(space + 1, dash));
    }

    private static long number(String digits) {
        String text = digits.strip();
        return text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9') ? -1 : Long.parseLong(text);
    }
}
