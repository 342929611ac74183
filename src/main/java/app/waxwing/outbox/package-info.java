/// User actions kept and sent later, in order. Entry type: [app.waxwing.outbox.Outbox].
@NullMarked
package app.waxwing.outbox;

import org.jspecify.annotations.NullMarked;
