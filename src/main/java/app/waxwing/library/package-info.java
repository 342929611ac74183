/// The library on this computer: queries, sync, search, covers, and where the bytes of a track are. Entry type: [app.waxwing.library.Library].
@NullMarked
package app.waxwing.library;

import org.jspecify.annotations.NullMarked;
