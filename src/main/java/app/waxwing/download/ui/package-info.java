/// The Downloads page: what is being fetched, what waits and why, what failed and how to mend it, what is here. Entry type: [app.waxwing.download.ui.DownloadsView].
@NullMarked
package app.waxwing.download.ui;

import org.jspecify.annotations.NullMarked;
