/// What screens are made of: the FX thread, theme and icons, words, formats, covers, marks, dialogs and [app.waxwing.kit.Route].
///
/// For whoever writes a page:
/// - A page is a [app.waxwing.kit.Page]; it is made with a [app.waxwing.kit.Desk], which holds what all pages share: navigation, dialogs, toasts,
///   covers, the «playable now» filter, the executor of the FX thread. Nothing here knows a feature.
/// - A view model takes an `Executor` for the FX thread ([app.waxwing.kit.Fx#executor()], in tests `Runnable::run`) and never a node.
///   Answers of façades come home through [app.waxwing.kit.Fx#on]; figures that change all the time are sampled with [app.waxwing.kit.Fx#sample].
/// - Every word is in `texts.properties` and read through [app.waxwing.kit.Texts]; figures go through [app.waxwing.kit.Formats] (class `figures`).
/// - Looks are style classes of `waxwing.css`, never code: type `page-title`, `hero-title`, `section-title`, `secondary`, `caption`, `figures`;
///   buttons `primary`, `quiet`, `icon-button`, `round-button`; `pill`, `chip`, `card`, `failure-box`, `empty-state`. Colours are the
///   tokens of [app.waxwing.kit.Token] as `-wax-text`, `-wax-muted`, ….
/// - Controls: [app.waxwing.kit.Buttons], [app.waxwing.kit.CoverView], [app.waxwing.kit.Mark], [app.waxwing.kit.EmptyState], [app.waxwing.kit.Icons].
@NullMarked
package app.waxwing.kit;

import org.jspecify.annotations.NullMarked;
