package app.waxwing.kit;

import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;

/// What every page shares.
///
/// @param fx runs tasks on the FX thread
/// @param playableOnly the «Playable now» filter of the top bar: pages that list music obey it
/// @param offline no server can be asked now
public record Desk(Executor fx, Navigation navigation, Theme theme, Dialogs dialogs, Toasts toasts, CoverImages covers,
        BooleanProperty playableOnly, ReadOnlyBooleanProperty offline) {}
