package app.waxwing.control;

import app.waxwing.base.AppPaths;
import java.io.IOException;
import java.nio.file.Path;

/// A process of its own that takes the lock of a data folder, says `mine` or `not mine`, and lives until its input ends.
public final class LockChild {
    private LockChild() {}

    public static void main(String[] args) throws IOException {
        boolean mine = Instance.lock(AppPaths.under(Path.of(args[0]))).isPresent();
        System.out.println(mine ? "mine" : "not mine");
        System.out.flush();
        while (System.in.read() >= 0) Thread.onSpinWait();
    }
}
