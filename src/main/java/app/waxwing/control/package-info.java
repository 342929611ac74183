/// One command surface over all façades, and the socket through which a second process reaches it (docs: the command line's contract).
/// Entry types: [app.waxwing.control.Commands], [app.waxwing.control.ControlSocket], [app.waxwing.control.ControlClient].
@NullMarked
package app.waxwing.control;

import org.jspecify.annotations.NullMarked;
