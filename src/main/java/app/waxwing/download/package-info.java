/// Fetching music and keeping it: the queue, the transfers, and why a file is kept. Entry type: [app.waxwing.download.DownloadEngine].
@NullMarked
package app.waxwing.download;

import org.jspecify.annotations.NullMarked;
