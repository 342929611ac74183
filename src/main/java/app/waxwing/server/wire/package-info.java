/// What every wire format shares: a stranger's JSON read within our limits. Entry type: [app.waxwing.server.wire.JsonReader].
@NullMarked
package app.waxwing.server.wire;

import org.jspecify.annotations.NullMarked;
