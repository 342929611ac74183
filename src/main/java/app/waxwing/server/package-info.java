/// What Waxwing asks of a media server, in records that belong to no wire format. Entry type: [app.waxwing.server.MediaServer].
@NullMarked
package app.waxwing.server;

import org.jspecify.annotations.NullMarked;
