package app.waxwing.kit;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// All words of the window, from one bundle. Plurals: `key.one` and `key.many`, chosen by [#count].
public final class Texts {
    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("app.waxwing.kit.texts", Locale.ENGLISH);

    private Texts() {}

    /// The words for a key, with `{0}`, `{1}` … filled in as they are.
    ///
    /// @throws java.util.MissingResourceException when the bundle has no such key, which is a bug
    public static String of(String key, Object... values) {
        String words = BUNDLE.getString(key);
        return values.length == 0 ? words : new MessageFormat(words.replace("'", "''"), Locale.ENGLISH).format(strings(values));
    }

    /// `key.one` for 1, else `key.many` with the formatted number as `{0}` and the other values after it.
    public static String count(String key, long n, Object... more) {
        var values = new Object[more.length + 1];
        values[0] = Formats.count(n);
        System.arraycopy(more, 0, values, 1, more.length);
        return of(key + (n == 1 ? ".one" : ".many"), values);
    }

    public static boolean has(String key) {
        return BUNDLE.containsKey(key);
    }

    private static Object[] strings(Object... values) {
        var out = new Object[values.length];
        for (int i = 0; i < values.length; i++) out[i] = String.valueOf(values[i]);
        return out;
    }
}
