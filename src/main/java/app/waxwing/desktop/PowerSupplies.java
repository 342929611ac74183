package app.waxwing.desktop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether a computer with Linux runs on its battery, as the kernel says below `/sys/class/power_supply` (its document
/// `sysfs-class-power`). Elsewhere the folder is not there, and the answer is no.
final class PowerSupplies {
    static final Path SYSTEM = Path.of("/sys/class/power_supply");
    private static final Logger LOG = LoggerFactory.getLogger(PowerSupplies.class);
    private final Path folder;

    PowerSupplies(Path folder) {
        this.folder = folder;
    }

    /// The kernel tells.
    boolean known() {
        return Files.isDirectory(folder);
    }

    /// Reads a few tiny files.
    boolean onBattery() {
        if (!known()) return false;
        boolean discharging = false;
        try (Stream<Path> supplies = Files.list(folder)) {
            for (Path supply : supplies.toList()) {
                String type = word(supply, "type");
                // A mouse has a battery too: scope «Device».
                if (word(supply, "scope").equals("device")) continue;
                if (type.equals("battery")) discharging |= word(supply, "status").equals("discharging");
                else if (word(supply, "online").equals("1")) return false;
            }
        } catch (IOException e) {
            LOG.debug("the power supplies cannot be read", e);
            return false;
        }
        return discharging;
    }

    private static String word(Path supply, String name) throws IOException {
        Path file = supply.resolve(name);
        if (!Files.isReadable(file)) return "";
        try {
            return Files.readString(file).strip().toLowerCase(Locale.ROOT);
        } catch (java.nio.file.FileSystemException e) {
            return ""; // a battery that is taken out answers ENODEV
        }
    }
}
