package app.waxwing.architecture;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds texts of SQL that are put together while the program runs (requirement 4.14): by `+`, by a `StringBuilder`, by a format, by `replace`. What
/// the compiler puts together itself, from literals and constants, is one text in the class file and is none of these.
final class SqlTexts {
    /// What a statement, or a part of one, is known by.
    private static final Pattern SQL = Pattern.compile(
            "\\bselect\\b.*\\bfrom\\b|\\binsert\\s+(or\\s+\\w+\\s+)?into\\b|\\bupdate\\s+\\S+\\s+set\\b"
                    + "|\\bdelete\\s+from\\b|\\bpragma\\s|\\battach\\s+|\\bvacuum\\b|\\b(create|drop|alter)\\s+(table|index|view|trigger)\\b"
                    + "|(^|\\s)where\\s+\\S+\\s*([=<>]|in\\b|like\\b|match\\b|is\\b|between\\b)|\\bvalues\\s*\\(|\\border\\s+by\\b|\\bis\\s+(not\\s+)?null\\b"
                    + "|(^|\\s)limit\\s+(\\?|\\d|\u0001)|(^|\\s|\u0001)(not\\s+)?in\\s*\\(|\\bcross\\s+join\\b|\\bexists\\s*\\(|\\bcoalesce\\s*\\("
                    + "|\\b[a-z_]+\\.[a-z_]+\\s*([=<>]+|like|match)\\s*'?(\u0001|%s|\\?)|\\bstrftime\\s*\\(",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern FORMAT = Pattern.compile("%(\\d+\\$)?[sd]");
    private static final Set<String> BUILDERS = Set.of("java/lang/StringBuilder", "java/lang/StringBuffer", "java/util/StringJoiner");

    private SqlTexts() {}

    /// @param place `Class#method`; of a lambda the method that it stands in
    /// @param text what of it is constant, with … for the rest
    record Spliced(String place, String text) {
        @Override
        public String toString() {
            return place + ": " + text;
        }
    }

    static List<Spliced> under(Path classes) throws IOException {
        List<Spliced> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
                ClassModel type = ClassFile.of().parse(file);
                for (MethodModel method : type.methods()) look(type, method, found);
            }
        }
        return found;
    }

    private static void look(ClassModel type, MethodModel method, List<Spliced> found) {
        String name = type.thisClass().asInternalName();
        String at = method.methodName().stringValue();
        if (at.startsWith("lambda$")) at = at.substring(7, at.lastIndexOf('$'));
        String place = name.substring(name.lastIndexOf('/') + 1) + "#" + at;
        List<String> texts = new ArrayList<>();
        boolean replaced = false;
        String last = "";
        for (CodeElement element : method.code().map(c -> c.elementList()).orElse(List.of())) {
            switch (element) {
                case ConstantInstruction constant when constant.constantValue() instanceof String text -> {
                    last = text;
                    texts.add(text);
                    if (SQL.matcher(text).find() && FORMAT.matcher(text).find()) found.add(new Spliced(place, shown(text)));
                }
                case InvokeDynamicInstruction joined when joined.name().equalsString("makeConcatWithConstants")
                        && joined.bootstrapArgs().getFirst() instanceof String recipe -> {
                    if (SQL.matcher(recipe).find()) found.add(new Spliced(place, shown(recipe)));
                    last = "";
                }
                case InvokeInstruction call -> {
                    String owner = call.owner().asInternalName();
                    boolean adds = BUILDERS.contains(owner) || owner.equals("java/lang/String") && call.name().equalsString("concat");
                    if (adds && SQL.matcher(last).find()) found.add(new Spliced(place, shown(last) + "…"));
                    if (owner.equals("java/lang/String") && call.name().stringValue().startsWith("replace")) replaced = true;
                    last = "";
                }
                default -> {
                }
            }
        }
        if (replaced) texts.stream().filter(t -> SQL.matcher(t).find()).forEach(t -> found.add(new Spliced(place, shown(t))));
    }

    private static String shown(String text) {
        return text.replace("\u0001", "…").replaceAll("\\s+", " ").strip();
    }
}
