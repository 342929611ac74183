package app.waxwing.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The running program's log: one file a day, 30 days unless set otherwise, at most 200 MB. Logback finds this class by itself and asks it before it looks for an XML
/// file; in code because the XML way loads 400 classes before the first window. Without the launcher (tests, tools) `logback.xml` holds.
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogFile extends ContextAwareBase implements Configurator {
    private static final String FOLDER = "waxwing.logs";
    /// [#prune] decides, by the setting `logs.days`; Logback needs a number to look at the size in all.
    private static final int MOST_DAYS = 3_650;
    private static final String CURRENT = "waxwing.log";
    private static final String OF_DAYS = "waxwing.????-??-??.*.log";
    private static final String LEVEL = "waxwing.log.level";
    private static final Map<String, Level> OTHERS = Map.of("org.jooq", Level.WARN, "org.flywaydb", Level.WARN, "org.freedesktop.dbus",
            Level.ERROR, "uk.co.caprica", Level.WARN);

    /// Must run before the first logger is made.
    static void choose(Path folder, String level) {
        System.setProperty(FOLDER, folder.toString());
        System.setProperty(LEVEL, level.toUpperCase(Locale.ROOT));
    }

    @Override
    public ExecutionStatus configure(LoggerContext logs) {
        String folder = System.getProperty(FOLDER);
        if (folder == null || System.getProperty("logback.configurationFile") != null) return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        Logger root = logs.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(System.getProperty(LEVEL), Level.INFO));
        root.addAppender(file(logs, folder));
        OTHERS.forEach((name, level) -> logs.getLogger(name).setLevel(level));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// Deletes the logs of days before; the file that is written to stays. How many went.
    static int prune(Path folder, Instant before) {
        int gone = 0;
        LocalDate day = LocalDate.ofInstant(before, ZoneId.systemDefault());
        try (var files = Files.newDirectoryStream(folder, OF_DAYS)) {
            for (Path file : files) {
                if (of(file).filter(d -> d.isBefore(day)).isEmpty()) continue;
                Files.deleteIfExists(file);
                gone++;
            }
        } catch (NoSuchFileException e) {
            return 0; // none was written yet
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(LogFile.class).warn("old logs in {} stay", folder, e);
        }
        return gone;
    }

    /// Deletes all that was written so far; the file that is written to begins anew. First that one: what it becomes at the end of a day or when it is
    /// full goes with the others. Blocks on the disk.
    ///
    /// @throws IOException when something of it is there still
    static void clear(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return; // none was written yet
        Path current = folder.resolve(CURRENT);
        // Whoever writes to it goes on at its end, which is its beginning then.
        if (Files.exists(current)) Files.write(current, new byte[0], StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        try (var files = Files.newDirectoryStream(folder, OF_DAYS)) {
            for (Path file : files) if (of(file).isPresent()) Files.deleteIfExists(file);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /// The day in a log's name; empty where it is no log of ours.
    private static Optional<LocalDate> of(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            return Optional.of(LocalDate.parse(name.substring("waxwing.".length(), "waxwing.".length() + 10)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static RollingFileAppender<ILoggingEvent> file(LoggerContext logs, String folder) {
        var file = new RollingFileAppender<ILoggingEvent>();
        file.setContext(logs);
        file.setName("file");
        file.setFile(folder + "/" + CURRENT);
        var rolling = new SizeAndTimeBasedRollingPolicy<ILoggingEvent>();
        rolling.setContext(logs);
        rolling.setParent(file);
        rolling.setFileNamePattern(folder + "/waxwing.%d{yyyy-MM-dd}.%i.log");
        rolling.setMaxFileSize(FileSize.valueOf("20MB"));
        rolling.setMaxHistory(MOST_DAYS);
        rolling.setTotalSizeCap(FileSize.valueOf("200MB"));
        rolling.start();
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(logs);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSS} %-5level [%thread] %logger{24} - %msg%n");
        encoder.start();
        file.setRollingPolicy(rolling);
        file.setEncoder(encoder);
        file.start();
        return file;
    }
}
