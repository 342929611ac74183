/// Sound: bytes become PCM ([app.waxwing.audio.Decoder]), the mixer joins tracks sample for sample, a [app.waxwing.audio.Sink] makes it heard.
/// Entry type: [app.waxwing.audio.AudioEngine], which playback commands and listens to.
///
/// Inside, sound is interleaved 32-bit float, full scale ±1.0. A sample of a 16- or 24-bit source survives that unchanged
/// (`s / 32768f * 32768f == s`), so with neutral gain and volume a lossless file comes out bit for bit.
@NullMarked
package app.waxwing.audio;

import org.jspecify.annotations.NullMarked;
