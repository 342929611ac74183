/// The command line's own face: reading arguments, printing documents as JSON or as text for people. Entry type: [app.waxwing.cli.Arguments].
@NullMarked
package app.waxwing.cli;

import org.jspecify.annotations.NullMarked;
