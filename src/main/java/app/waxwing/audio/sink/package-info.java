/// Outputs: the system's sound device, a WAVE file, and none at all with a clock of its own. Entry type: [app.waxwing.audio.sink.Sinks].
@NullMarked
package app.waxwing.audio.sink;

import org.jspecify.annotations.NullMarked;
