package app.waxwing.download;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What tests of the keep set begin with: an engine at work and a desk over it.
class OnKeepDesk {
    @TempDir
    Path folder;
    Rig rig;
    KeepDesk desk;

    @BeforeEach
    void begin() {
        rig = new Rig(folder).start();
        desk = new KeepDesk(rig);
    }

    @AfterEach
    void end() {
        rig.close();
    }
}
