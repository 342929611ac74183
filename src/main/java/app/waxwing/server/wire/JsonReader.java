package app.waxwing.server.wire;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.FailureWords;
import app.waxwing.base.InertText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Reads an answer within the limits for strangers' data (DESIGN.md section 6): at most [#LIMIT] bytes decoded and [#DEPTH] levels; text fields are
/// cut at [InertText#LIMIT] characters. An answer that is too large fails; what is too deep or too long inside one object marks that object
/// ([JsonObject#problem]) and leaves the others alone.
public final class JsonReader {
    /// Most bytes of one answer, decompressed.
    public static final long LIMIT = 64L << 20;
    /// Most levels of nesting that are read.
    public static final int DEPTH = 64;

    private static final String ITEMS = "items";
    /// Deeper than this the text is not walked through either. Our own [#DEPTH] is what marks an item.
    private static final int WALKED = 100_000;
    private static final JsonFactory FACTORY = JsonFactory.builder().streamReadConstraints(StreamReadConstraints.builder()
            .maxNestingDepth(WALKED).maxStringLength((int) LIMIT).maxDocumentLength(LIMIT).build()).build();

    private final JsonParser parser;
    private final Optional<Consumer<JsonObject>> each;
    private int depth;

    private JsonReader(JsonParser parser, Optional<Consumer<JsonObject>> each) {
        this.parser = parser;
        this.each = each;
    }

    /// The object that the answer is. An array at the root reads as an object with the list `Items`.
    ///
    /// @param what whose answer, for the sentence on failure
    /// @throws FailureException [Failure.TooLarge] or [Failure.Corrupt]
    public static JsonObject object(InputStream in, long limit, String what) throws IOException {
        return root(read(in, limit, what, Optional.empty()), what);
    }

    /// As above; the objects of the list [#ITEMS] go to `each` one by one as they are read and are not kept, so that of a page of a library only
    /// what was made of it takes memory. The list of the object that is answered has their number.
    public static JsonObject object(InputStream in, long limit, String what, Consumer<JsonObject> each) throws IOException {
        return root(read(in, limit, what, Optional.of(each)), what);
    }

    private static JsonObject root(@Nullable Object value, String what) {
        if (value instanceof JsonObject object) return object;
        if (value instanceof List<?> list) {
            var values = new HashMap<String, Object>();
            values.put(ITEMS, list);
            return new JsonObject(values, null);
        }
        throw corrupt(what, null);
    }

    /// A bare `true` or `false`.
    public static boolean flag(InputStream in, String what) throws IOException {
        if (read(in, 1000, what, Optional.empty()) instanceof Boolean b) return b;
        throw corrupt(what, null);
    }

    private static @Nullable Object read(InputStream in, long limit, String what, Optional<Consumer<JsonObject>> each) throws IOException {
        var bounded = new Bounded(in, limit, what);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bounded)) {
            if (parser.nextToken() == null) throw corrupt(what, null);
            var reader = new JsonReader(parser, each);
            boolean list = parser.currentToken() == JsonToken.START_ARRAY;
            Object value = list && each.isPresent() ? reader.handed(new String[1], each.get()) : reader.value(new String[1]);
            if (parser.nextToken() != null) throw corrupt(what, null);
            return value;
        } catch (JacksonException e) {
            for (Throwable t = e; t != null; t = t.getCause()) {
                if (t instanceof FailureException f) throw f;
                if (t instanceof IOException io) throw io;
            }
            throw corrupt(what, e);
        }
    }

    /// The value at the current token; a problem found inside is put into `problem[0]` for the object around it.
    private @Nullable Object value(String[] problem) {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> nested(problem) ? object(problem) : null;
            case START_ARRAY -> nested(problem) ? list(problem) : null;
            case VALUE_STRING -> text(problem);
            case VALUE_NUMBER_INT -> whole();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME -> null;
        };
    }

    private boolean nested(String[] problem) {
        if (depth < DEPTH) return true;
        parser.skipChildren();
        problem[0] = "its data is nested deeper than " + DEPTH + " levels";
        return false;
    }

    private JsonObject object(String[] around) {
        depth++;
        var values = new HashMap<String, Object>();
        var own = new String[1];
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName().toLowerCase(Locale.ROOT);
            parser.nextToken();
            boolean handed = each.isPresent() && depth == 1 && name.equals(ITEMS) && parser.currentToken() == JsonToken.START_ARRAY;
            Object value = handed ? handed(own, each.get()) : value(own);
            if (value != null) values.put(name, value);
        }
        depth--;
        if (own[0] != null) around[0] = own[0];
        return new JsonObject(values, own[0]);
    }

    private List<Object> list(String[] around) {
        depth++;
        var out = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object value = value(around);
            if (value != null) out.add(value);
        }
        depth--;
        return out;
    }

    private List<Object> handed(String[] around, Consumer<JsonObject> to) {
        depth++;
        var out = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object value = value(around);
            if (value instanceof JsonObject object) to.accept(object);
            if (value != null) out.add(Boolean.TRUE);
        }
        depth--;
        return out;
    }

    private String text(String[] problem) {
        String text = parser.getString();
        if (text.length() <= InertText.LIMIT) return text;
        problem[0] = "one of its text fields is longer than " + InertText.LIMIT + " characters";
        return text.substring(0, Character.isHighSurrogate(text.charAt(InertText.LIMIT - 1)) ? InertText.LIMIT - 1 : InertText.LIMIT);
    }

    private @Nullable Object whole() {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> null;
        };
    }

    private static FailureException corrupt(String what, @Nullable Throwable cause) {
        return new FailureException(new Failure.Corrupt("The answer of " + what), cause);
    }

    /// Fails as soon as more than the limit has been read, whatever a Content-Length said and however small it was compressed.
    private static final class Bounded extends InputStream {
        private final InputStream in;
        private final long limit;
        private final String what;
        private long count;

        Bounded(InputStream in, long limit, String what) {
            this.in = in;
            this.limit = limit;
            this.what = what;
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            if (b >= 0) counted(1);
            return b;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = in.read(into, offset, length);
            if (n > 0) counted(n);
            return n;
        }

        private void counted(int n) {
            count += n;
            if (count > limit) throw new Failure.TooLarge("The answer of " + what, FailureWords.bytes(limit)).asException();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
