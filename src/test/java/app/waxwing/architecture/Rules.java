package app.waxwing.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who may use what, for any root package: the program's own, and the fixtures that break each rule.
final class Rules {
    /// The import table of the design: feature → what it may import, besides itself.
    static final Map<String, Set<String>> TABLE = new LinkedHashMap<>();
    private static final Set<String> FACADES = Set.of("account", "library", "outbox", "download", "audio", "playback", "settings", "server",
            "cache",
            "analysis");

    static {
        TABLE.put("base", Set.of());
        TABLE.put("store", Set.of("base"));
        TABLE.put("server", Set.of("base"));
        TABLE.put("account", Set.of("base", "store", "server"));
        TABLE.put("library", Set.of("base", "store", "server", "account"));
        TABLE.put("outbox", Set.of("base", "store", "server", "account", "library"));
        TABLE.put("download", Set.of("base", "store", "server", "account", "library"));
        TABLE.put("audio", Set.of("base"));
        TABLE.put("playback", Set.of("base", "store", "library", "audio", "outbox", "server"));
        TABLE.put("cache", Set.of("base", "library", "download", "playback"));
        TABLE.put("settings", Set.of("base", "account", "library", "download", "audio", "playback"));
        TABLE.put("control", Set.of("base", "settings", "account", "library", "outbox", "download", "audio", "playback", "server"));
        TABLE.put("cli", Set.of("base", "control"));
        TABLE.put("desktop", Set.of("base", "kit", "control"));
        TABLE.put("demo", Set.of("base"));
        TABLE.put("kit", Set.of("base"));
        TABLE.put("parts", union(FACADES, "base", "kit"));
        TABLE.put("ui", union(FACADES, "base", "kit", "parts"));
        TABLE.put("shell", union(FACADES, "base", "kit", "parts", "ui"));
    }

    private Rules() {}

    /// Every rule by the name of the fixture that breaks it.
    static Map<String, ArchRule> of(String root) {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("ImportTable", ArchRuleDefinition.classes().that(resideInAnyPackage(root + ".."))
                .should(followTheTable(root)).because("DESIGN: each package may import what its row names"));
        rules.put("Cycle", slices().assignedFrom(features(root)).should().beFreeOfCycles());
        rules.put("JavaFx", only(root, "javafx..", "ui", "kit", "parts", "shell", "app", "desktop"));
        rules.put("SceneInViewModel", noClasses().that().haveSimpleNameEndingWith("ViewModel").and().resideInAPackage(root + "..")
                .should().dependOnClassesThat().resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.application..")
                .because("view models are tested without a toolkit"));
        rules.put("Sql", sqlOnlyWhereTablesLive(root));
        rules.put("OkHttp", only(root, "okhttp3..", "server", "account", "download"));
        rules.put("Vlcj", onlyIn(root, List.of(root + ".audio.vlc.."), "uk.co.caprica..", "com.sun.jna.."));
        rules.put("Bytedeco", onlyIn(root, List.of(root + ".audio.ffmpeg.."), "org.bytedeco.."));
        rules.put("Sound", onlyIn(root, List.of(root + ".audio.sink.."), "javax.sound.."));
        rules.put("Dbus", only(root, "org.freedesktop..", "desktop"));
        rules.put("Jackson",
                onlyIn(root, packages(root, "server", "account", "outbox", "download", "settings", "control", "demo"), "tools.jackson..",
                        "com.fasterxml.."));
        rules.put("RunLater", noClasses().that().resideInAPackage(root + "..").and().doNotHaveSimpleName("Fx")
                .should(callAny(Set.of("javafx.application.Platform.runLater"))).because("only Fx hops to the FX thread"));
        rules.put("FxTask", noClasses().that().resideInAPackage(root + "..").and().doNotHaveSimpleName("Fx").should()
                .dependOnClassesThat().haveFullyQualifiedName("javafx.concurrent.Task").orShould().dependOnClassesThat()
                .haveFullyQualifiedName("javafx.concurrent.Service"));
        rules.put("Clock", noClasses().that().resideInAPackage(root + "..").and().resideOutsideOfPackages(root + ".base..", root + ".app..")
                .should(callAny(Set.of("java.lang.System.currentTimeMillis", "java.lang.System.nanoTime", "java.time.Instant.now",
                        "java.lang.Thread.sleep", "java.lang.Thread.<init>")))
                .because("time and threads come in by constructor"));
        rules.put("Pool",
                noClasses().that().resideInAPackage(root + "..").and().resideOutsideOfPackages(root + ".base..", root + ".app..").should()
                        .dependOnClassesThat().haveFullyQualifiedName("java.util.concurrent.Executors")
                        .because("only Threads makes pools"));
        rules.put("StandardStreams", noClasses().that().resideInAPackage(root + "..").and().resideOutsideOfPackage(root + ".cli..").should()
                .accessField(System.class, "out").orShould().accessField(System.class, "err").orShould()
                .callMethod(Throwable.class, "printStackTrace").because("only the command line prints"));
        rules.put("Logging",
                noClasses().that().resideInAPackage(root + "..").should().dependOnClassesThat().resideInAPackage("java.util.logging.."));
        rules.put("Awt", noClasses().that().resideInAPackage(root + "..").and().resideOutsideOfPackage(root + ".desktop..").should()
                .dependOnClassesThat().resideInAnyPackage("java.awt..", "javax.swing.."));
        rules.put("OldFile", noClasses().that().resideInAPackage(root + "..").and().resideOutsideOfPackage(root + ".kit..").should()
                .dependOnClassesThat().haveFullyQualifiedName("java.io.File"));
        rules.put("VagueManager", noClasses().that().resideInAPackage(root + "..").should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl)$|.*\\.Abstract[A-Z][A-Za-z]*").because("names say what a thing is"));
        return rules;
    }

    /// The feature of a package below the root; every `.ui` is one kind.
    static String feature(String root, String packageName) {
        if (!packageName.startsWith(root + ".")) return "";
        String rest = packageName.substring(root.length() + 1);
        if (rest.endsWith(".ui") || rest.contains(".ui.")) return "ui";
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    private static ArchCondition<JavaClass> followTheTable(String root) {
        return new ArchCondition<>("import only what the table allows") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                String from = feature(root, item.getPackageName());
                Set<String> allowed = TABLE.get(from);
                if (allowed == null) return;
                for (Dependency d : item.getDirectDependenciesFromSelf()) {
                    String targetPackage = d.getTargetClass().getBaseComponentType().getPackageName();
                    String to = feature(root, targetPackage);
                    if (to.isEmpty()) continue;
                    boolean otherUi = from.equals("ui") && to.equals("ui") && !targetPackage.equals(item.getPackageName());
                    if (otherUi || !to.equals(from) && !allowed.contains(to))
                        events.add(SimpleConditionEvent.violated(item, d.getDescription()));
                }
            }
        };
    }

    private static ArchRule sqlOnlyWhereTablesLive(String root) {
        var owners = new DescribedPredicate<JavaClass>("own no table") {
            @Override
            public boolean test(JavaClass c) {
                JavaClass outer = c;
                while (outer.getEnclosingClass().isPresent()) outer = outer.getEnclosingClass().get();
                return !TableOwners.NAMES.contains(outer.getSimpleName());
            }
        };
        return noClasses().that().resideInAPackage(root + "..").and().resideOutsideOfPackage(root + ".store..").and(owners).should()
                .dependOnClassesThat().resideInAnyPackage("org.jooq..", "java.sql..", root + ".store.schema..")
                .because("SQL stays in the store and in the classes that own a feature's tables");
    }

    private static ArchRule only(String root, String used, String... features) {
        Set<String> allowed = Set.of(features);
        var others = new DescribedPredicate<JavaClass>("are outside of " + allowed) {
            @Override
            public boolean test(JavaClass c) {
                String feature = feature(root, c.getPackageName());
                return !feature.isEmpty() && !allowed.contains(feature);
            }
        };
        return ArchRuleDefinition.noClasses().that(others).should(dependOnClassesThat(resideInAnyPackage(used)));
    }

    private static ArchRule onlyIn(String root, List<String> allowed, String... used) {
        return noClasses().that().resideInAPackage(root + "..").and().resideOutsideOfPackages(allowed.toArray(String[]::new)).should()
                .dependOnClassesThat().resideInAnyPackage(used);
    }

    private static ArchCondition<JavaClass> callAny(Set<String> methods) {
        return new ArchCondition<>("call one of " + methods) {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                List<JavaCall<?>> calls = new java.util.ArrayList<>(item.getMethodCallsFromSelf());
                calls.addAll(item.getConstructorCallsFromSelf());
                for (JavaCall<?> call : calls) {
                    AccessTarget target = call.getTarget();
                    if (methods.contains(target.getOwner().getName() + "." + target.getName())) {
                        events.add(SimpleConditionEvent.satisfied(item, call.getDescription()));
                    }
                }
            }
        };
    }

    private static List<String> packages(String root, String... features) {
        return List.of(features).stream().map(f -> root + "." + f + "..").toList();
    }

    private static Set<String> union(Set<String> some, String... more) {
        var all = new java.util.HashSet<>(some);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }

    /// A feature's screens are a slice of their own: they may use parts, which use every façade.
    private static SliceAssignment features(String root) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                if (!type.getPackageName().startsWith(root + ".")) return SliceIdentifier.ignore();
                String[] names = type.getPackageName().substring(root.length() + 1).split("\\.");
                return SliceIdentifier.of(names.length > 1 && names[1].equals("ui") ? names[0] + ".ui" : names[0]);
            }

            @Override
            public String getDescription() {
                return "features and their screens in " + root;
            }
        };
    }
}
