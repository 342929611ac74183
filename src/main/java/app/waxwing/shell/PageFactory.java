package app.waxwing.shell;

import app.waxwing.kit.Desk;
import app.waxwing.kit.Page;
import app.waxwing.kit.Route;

/// Where the window gets its pages from; wiring fills it with the features' views. FX thread.
public interface PageFactory {
    /// Makes the page for a route; called once per visit, the window keeps the last few for «back».
    Page page(Route route, Desk desk);

    /// Whether there is such a page: the rail shows only those.
    boolean has(Route route);
}
