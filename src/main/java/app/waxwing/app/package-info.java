/// The program: how it starts, the one place that puts the parts together, and how it ends. Entry type: [app.waxwing.app.Launcher].
@NullMarked
package app.waxwing.app;

import org.jspecify.annotations.NullMarked;
