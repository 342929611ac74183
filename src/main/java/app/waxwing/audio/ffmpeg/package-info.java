/// The embedded decoder: FFmpeg's libraries from Maven Central, which need nothing installed. Entry type: [app.waxwing.audio.ffmpeg.FfmpegBackend].
@NullMarked
package app.waxwing.audio.ffmpeg;

import org.jspecify.annotations.NullMarked;
