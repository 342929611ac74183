/// Fakes of every façade with a small pleasant library, and the way screens are started and written to `target/screens`.
/// Entry types: [app.waxwing.testing.ui.FakeServices], [app.waxwing.testing.ui.Screens].
@NullMarked
package app.waxwing.testing.ui;

import org.jspecify.annotations.NullMarked;
