import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/// Applies `migrations/V*.sql` in order to a temporary SQLite file and generates the jOOQ classes from it.
/// Run by the build before compilation: `java GenerateSchema.java <migrations> <target>`. Skipped while nothing changed.
public final class GenerateSchema {
    public static void main(String[] args) throws Exception {
        Path migrations = Path.of(args[0]);
        Path target = Path.of(args[1]);
        List<Path> scripts;
        try (var files = Files.list(migrations)) {
            scripts = files.filter(f -> f.getFileName().toString().matches("V\\d+__.+\\.sql"))
                    .sorted(Comparator.comparingInt(GenerateSchema::version)).toList();
        }
        var digest = new StringBuilder("2;");
        for (Path script : scripts) digest.append(script.getFileName()).append(Files.readString(script).hashCode());
        Path stamp = target.resolve("schema.stamp");
        if (Files.exists(stamp) && Files.readString(stamp).contentEquals(digest)) return;

        Path file = Files.createTempFile("waxwing-schema", ".db");
        String url = "jdbc:sqlite:" + file;
        try (var connection = DriverManager.getConnection(url); var statement = connection.createStatement()) {
            for (Path script : scripts) statement.executeUpdate(Files.readString(script));
        }
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        GenerationTool.generate(new Configuration().withLogging(Logging.ERROR)
                .withJdbc(new Jdbc().withDriver("org.sqlite.JDBC").withUrl(url))
                .withGenerator(new Generator()
                        .withDatabase(new Database().withName("org.jooq.meta.sqlite.SQLiteDatabase")
                                .withExcludes(".*_fts_.*|sqlite_.*|flyway_.*")
                                .withSyntheticIdentities(".*\\.id")
                                .withForcedTypes(
                                        new ForcedType().withName("VARCHAR").withIncludeExpression(".*_fts\\..*"),
                                        new ForcedType().withName("BOOLEAN").withIncludeExpression(".*\\.(is|has)_.*"),
                                        new ForcedType().withName("DOUBLE").withIncludeTypes("REAL"),
                                        new ForcedType().withName("BIGINT").withIncludeTypes("INTEGER")))
                        .withGenerate(new Generate().withRecords(true).withPojos(false).withDaos(false)
                                .withJavaTimeTypes(true).withGlobalObjectReferences(true))
                        .withTarget(new Target().withPackageName("app.waxwing.store.schema").withDirectory(target.toString()))));
        Path bundled = target.resolve("app/waxwing/store/schema/BundledMigrations.java");
        Files.writeString(bundled, """
                package app.waxwing.store.schema;

                /// Names of the migrations in this build, oldest first; written by the build beside the tables made from them.
                public final class BundledMigrations {
                    public static final java.util.List<String> FILES = java.util.List.of(%s);

                    private BundledMigrations() {}
                }
                """.formatted(scripts.stream().map(f -> '"' + f.getFileName().toString() + '"').collect(Collectors.joining(", "))));
        Files.writeString(stamp, digest);
        Files.deleteIfExists(file);
    }

    private static int version(Path script) {
        String name = script.getFileName().toString();
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }
}
