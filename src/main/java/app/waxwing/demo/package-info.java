/// The demonstration server: our own small library served on loopback in Jellyfin's wire format, for the first start, `--demo` and tests.
/// Entry types: [app.waxwing.demo.DemoServer], [app.waxwing.demo.DemoLibrary].
@NullMarked
package app.waxwing.demo;

import org.jspecify.annotations.NullMarked;
