package app.waxwing.kit;

/// How a page sends the window elsewhere. FX thread.
public interface Navigation {
    void go(Route route);

    void back();

    void forward();
}
