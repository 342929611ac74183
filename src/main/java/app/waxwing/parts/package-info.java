/// Controls that several features show: tables of tracks, grids of covers, the download button, menus. Entry types: [app.waxwing.parts.ViewContext],
/// [app.waxwing.parts.TrackTable], [app.waxwing.parts.TileGrid].
@NullMarked
package app.waxwing.parts;

import org.jspecify.annotations.NullMarked;
