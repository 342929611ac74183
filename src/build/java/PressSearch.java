import java.awt.AWTException;
import java.awt.Robot;
import java.awt.event.KeyEvent;

/// Presses Ctrl+K again and again, in whatever lies in the middle of the screen, until it is ended: what a window answers first is to be in the cache
/// that [TrainStart] makes. A program of its own, since the screen is not the build's: `DISPLAY` names it.
public final class PressSearch {
    /// A few times a second: what a start does once is not to look as if it were done often.
    private static final int PAUSE_MILLIS = 250;

    /// Some minutes: whoever should have ended it may be gone.
    private static final int MOST = 1_000;

    private PressSearch() {}

    public static void main(String[] args) throws AWTException, InterruptedException {
        var robot = new Robot();
        // There is no window manager that would give the keyboard to a window.
        robot.mouseMove(Integer.parseInt(args[0]) / 2, Integer.parseInt(args[1]) / 2);
        for (int i = 0; i < MOST; i++) {
            robot.keyPress(KeyEvent.VK_CONTROL);
            robot.keyPress(KeyEvent.VK_K);
            robot.keyRelease(KeyEvent.VK_K);
            robot.keyRelease(KeyEvent.VK_CONTROL);
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
