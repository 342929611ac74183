/// LibVLC as a decoder, through vlcj's audio callback. Entry type: [app.waxwing.audio.vlc.VlcBackend]. Every LibVLC call is made on the thread `vlc`.
@NullMarked
package app.waxwing.audio.vlc;

import org.jspecify.annotations.NullMarked;
