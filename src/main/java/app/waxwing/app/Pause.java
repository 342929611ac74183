package app.waxwing.app;

/// A short rest between two looks at something outside this process.
final class Pause {
    private Pause() {}

    static void briefly() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
