package app.waxwing.demo;

import app.waxwing.demo.Item.Track;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes what a track's file is made of: `MediaSourceInfo` and `MediaStream`.
final class MediaDtos {
    ObjectNode source(Track track) {
        var audio = track.audio();
        var dto = Json.MAPPER.createObjectNode();
        dto.put("Protocol", "File").put("Id", track.id()).put("Path", track.path()).put("Type", "Default");
        dto.put("Container", audio.container()).put("Size", audio.content().size()).put("Name", track.name()).put("IsRemote", false);
        dto.put("ETag", Dtos.md5(Long.toString(audio.content().modified().toEpochMilli()) + "/" + track.id()));
        if (track.ticks() > 0) dto.put("RunTimeTicks", track.ticks());
        for (String no : new String[]{"ReadAtNativeFramerate", "IgnoreDts", "IgnoreIndex", "GenPtsInput", "IsInfiniteStream",
                "RequiresOpening",
                "RequiresClosing", "RequiresLooping", "UseMostCompatibleTranscodingProfile", "HasSegments"})
            dto.put(no, false);
        dto.put("SupportsTranscoding", !audio.transcoded().isEmpty()).put("SupportsDirectStream", true).put("SupportsDirectPlay", true);
        dto.put("SupportsProbing", true).put("TranscodingSubProtocol", "http");
        dto.set("MediaStreams", streams(track));
        dto.putArray("MediaAttachments");
        dto.putArray("Formats");
        dto.put("Bitrate", audio.bitrate());
        dto.putObject("RequiredHttpHeaders");
        return dto.put("DefaultAudioStreamIndex", 0);
    }

    ArrayNode streams(Track track) {
        var audio = track.audio();
        var all = Json.MAPPER.createArrayNode();
        var sound = stream(all.addObject(), 0, "Audio", audio.codec()).put("BitRate", audio.bitrate()).put("SampleRate", audio.sampleRate())
                .put("Channels", audio.channels()).put("ChannelLayout", audio.channels() == 2 ? "stereo" : "mono").put("IsDefault", true);
        if (audio.bitDepth() > 0) sound.put("BitDepth", audio.bitDepth());
        sound.put("DisplayTitle", audio.codec().toUpperCase(Locale.ROOT) + " - Stereo - Default");
        stream(all.addObject(), 1, "EmbeddedImage", "mjpeg").put("Width", 400).put("Height", 400).put("IsDefault", false);
        if (!track.lyrics().lines().isEmpty()) stream(all.addObject(), 2, "Lyric", "lrc").put("IsDefault", false).put("IsExternal", true);
        return all;
    }

    private static ObjectNode stream(ObjectNode dto, int index, String type, String codec) {
        return dto.put("Codec", codec).put("VideoRange", "Unknown").put("VideoRangeType", "Unknown").put("AudioSpatialFormat", "None")
                .put("IsInterlaced", false).put("IsForced", false).put("IsHearingImpaired", false).put("Type", type).put("Index", index)
                .put("IsExternal", false).put("IsTextSubtitleStream", false).put("SupportsExternalStream", false);
    }
}
