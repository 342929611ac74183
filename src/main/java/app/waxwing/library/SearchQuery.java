package app.waxwing.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the user typed, understood: words, in any field or in one, and what the hits have to be. Operators are `artist:`, `album:`, `genre:`,
/// `year:` (`1994`, `1990-1999`, `>1999`, `<1970`), `server:`, `is:local` and `is:favourite`; a value of several words stands in quotes. Whatever is no operator is
/// plain text, folded to letters and digits (requirement 4.14). Pure.
///
/// @param terms in the order typed; all of them count
/// @param years which years the hits may be of
/// @param local only what plays without the network
/// @param favourite only favourites
/// @param servers words of servers' names: hits are of a server that has one of them in its name; empty = of any
record SearchQuery(List<Term> terms, Optional<Years> years, boolean local, boolean favourite, List<String> servers) {
    private static final Pattern AND = Pattern.compile("\\s[&+]\\s");
    private static final Pattern UNFINISHED = Pattern.compile("([<>]=?)([0-9]{0,3})|([0-9]{1,3})|([0-9]{4})(?:[-–]|[.]{1,2})([0-9]{0,3})");
    /// More words than this are not looked for: nobody types them, and each costs.
    private static final int MOST = 16;

    /// Where a word has to stand.
    enum Field {
        ANY, ARTIST, ALBUM, GENRE
    }

    /// @param words index words that stand beside each other, apart by single spaces: one, or several («AC/DC», «音楽», a quoted value)
    /// @param beginning the last of them may go on: it is still being typed
    record Term(Field field, String words, boolean beginning) {
        /// The words, and other ways to write them ([Spellings#ways]).
        List<String> ways() {
            return Spellings.ways(words, beginning);
        }
    }

    /// Both ends count.
    record Years(int from, int to) {
        Years {
            if (from > to) throw new IllegalArgumentException(from + "-" + to);
        }

        /// Both conditions together; years that exclude each other leave none.
        Years and(Years other) {
            int low = Math.max(from, other.from);
            int high = Math.min(to, other.to);
            return low <= high ? new Years(low, high) : new Years(0, 0);
        }
    }

    SearchQuery {
        terms = List.copyOf(terms);
        servers = List.copyOf(servers);
    }

    SearchQuery(List<Term> terms, Optional<Years> years, boolean local, boolean favourite) {
        this(terms, years, local, favourite, List.of());
    }

    /// What is by an artist whose name has each of the words, whole.
    SearchQuery byArtist() {
        return new SearchQuery(terms.stream().map(t -> new Term(Field.ARTIST, t.words, false)).toList(), Optional.empty(), false, false);
    }

    /// Nothing to look for.
    boolean isEmpty() {
        return terms.isEmpty() && years.isEmpty() && !local && !favourite && servers.isEmpty();
    }

    /// Looks in no field but all, and at nothing else.
    boolean plain() {
        return years.isEmpty() && !local && !favourite && servers.isEmpty() && terms.stream().allMatch(t -> t.field == Field.ANY);
    }

    boolean has(Field field) {
        return terms.stream().anyMatch(t -> t.field == field);
    }

    /// All words without operators, as a title would be folded.
    String text() {
        return String.join(" ", terms.stream().filter(t -> t.field == Field.ANY).map(Term::words).toList());
    }

    /// All words, whatever their field.
    String allText() {
        return String.join(" ", terms.stream().map(Term::words).toList());
    }

    /// A year's number among plain words, taken for the year; empty where there is none.
    Optional<SearchQuery> yearTyped() {
        if (years.isPresent()) return Optional.empty();
        for (Term term : terms) {
            int year = term.field == Field.ANY ? year(term.words) : -1;
            if (year < 1000) continue;
            return Optional
                    .of(new SearchQuery(terms.stream().filter(t -> !t.equals(term)).toList(), Optional.of(new Years(year, year)), local,
                            favourite, servers));
        }
        return Optional.empty();
    }

    /// The same with every word as a beginning: for when words as they stand find too little.
    SearchQuery loose() {
        return with(terms.stream().map(t -> new Term(t.field, t.words, t.beginning || t.words.length() > 1)).toList());
    }

    SearchQuery playable() {
        return new SearchQuery(terms, years, true, favourite, servers);
    }

    private SearchQuery with(List<Term> others) {
        return new SearchQuery(others, years, local, favourite, servers);
    }

    /// Understands any text.
    static SearchQuery of(String text) {
        List<Term> terms = new ArrayList<>();
        Optional<Years> years = Optional.empty();
        boolean local = false;
        boolean favourite = false;
        List<String> servers = new ArrayList<>();
        for (Token token : tokens(text)) {
            switch (token.name) {
                case "artist", "album", "genre" -> add(terms, Field.valueOf(token.name.toUpperCase(Locale.ROOT)), token.value, token.open);
                case "year" -> {
                    Optional<Years> told = years(token.value);
                    if (told.isEmpty() && token.open) told = unfinished(token.value);
                    if (told.isPresent()) years = both(years, told.get());
                    else if (!token.value.isBlank()) add(terms, Field.ANY, token.name + " " + token.value, token.open);
                }
                case "server" -> {
                    String words = SearchText.words(token.value);
                    if (!words.isEmpty()) servers.add(words);
                }
                case "is" -> {
                    switch (token.value.toLowerCase(Locale.ROOT)) {
                        case "local", "here", "offline" -> local = true;
                        case "favourite", "favorite", "loved" -> favourite = true;
                        default -> add(terms, Field.ANY, token.name + " " + token.value, token.open);
                    }
                }
                default -> add(terms, Field.ANY, token.value, token.open);
            }
        }
        return new SearchQuery(lastAsBeginning(signs(terms)), years, local, favourite, servers);
    }

    private static Optional<Years> both(Optional<Years> before, Years told) {
        return Optional.of(before.map(y -> y.and(told)).orElse(told));
    }

    /// Signs beside words say nothing («a & b»); signs alone are a name («!!!», «( )»).
    private static List<Term> signs(List<Term> terms) {
        List<Term> signs = terms.stream().filter(t -> t.field == Field.ANY && SearchText.isSigns(t.words)).toList();
        if (signs.isEmpty()) return terms;
        List<Term> others = new ArrayList<>(terms);
        others.removeAll(signs);
        if (others.stream().noneMatch(t -> t.field == Field.ANY))
            others.add(new Term(Field.ANY, String.join("", signs.stream().map(Term::words).toList()), signs.getLast().beginning));
        return others;
    }

    private static void add(List<Term> terms, Field field, String value, boolean open) {
        // Of words in quotes the index knows which stand beside each other, and an «&» is none: Term#ways leaves it out.
        String words = SearchText.words(AND.matcher(value).replaceAll(" and "));
        if (!words.isEmpty() && terms.size() < MOST) terms.add(new Term(field, words, open));
    }

    /// Operators' values may always go on unless they are quoted; of the plain words only the last.
    private static List<Term> lastAsBeginning(List<Term> terms) {
        List<Term> out = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            Term term = terms.get(i);
            boolean last = terms.subList(i + 1, terms.size()).stream().noneMatch(t -> t.field == Field.ANY);
            out.add(new Term(term.field, term.words, term.beginning && (term.field != Field.ANY || last)));
        }
        return out;
    }

    /// `1994`, `1990-1999`, `1990..1999`, `>1999`, `<1970`, `>=2000`, `<=1970`, `1990-`.
    static Optional<Years> years(String value) {
        String v = value.strip();
        for (String sign : List.of(">=", "<=", ">", "<")) {
            if (!v.startsWith(sign)) continue;
            int year = year(v.substring(sign.length()));
            if (year < 0) return Optional.empty();
            return Optional.of(switch (sign) {
                case ">=" -> new Years(year, 9999);
                case "<=" -> new Years(1, Math.max(1, year));
                case ">" -> new Years(Math.min(9999, year + 1), 9999);
                default -> new Years(1, Math.max(1, year - 1));
            });
        }
        String[] ends = v.replace("..", "-").replace('–', '-').split("-", -1);
        int from = year(ends[0]);
        if (from < 0 || ends.length > 2) return Optional.empty();
        if (ends.length == 1) return Optional.of(new Years(from, from));
        if (ends[1].isEmpty()) return Optional.of(new Years(from, 9999));
        int to = year(ends[1]);
        return to < 0 ? Optional.empty() : Optional.of(new Years(Math.min(from, to), Math.max(from, to)));
    }

    /// A year that is still being typed is all that it may become: `19` the century, `199` the decade, `>19` what begins with it, `<` any.
    static Optional<Years> unfinished(String value) {
        var typed = UNFINISHED.matcher(value.strip());
        if (!typed.matches()) return Optional.empty();
        if (typed.start(1) >= 0) {
            return Optional
                    .of(typed.group(1).startsWith("<") ? new Years(1, most(typed.group(2))) : new Years(least(typed.group(2)), 9999));
        }
        if (typed.start(3) >= 0) return Optional.of(new Years(least(typed.group(3)), most(typed.group(3))));
        int from = least(typed.group(4));
        int to = most(typed.group(5));
        return Optional.of(new Years(from, to < from ? 9999 : to));
    }

    private static int least(String digits) {
        return digits.isEmpty() ? 1 : Integer.parseInt((digits + "000").substring(0, 4));
    }

    private static int most(String digits) {
        return digits.isEmpty() ? 9999 : Integer.parseInt((digits + "999").substring(0, 4));
    }

    /// Four digits; -1 for anything else.
    private static int year(String digits) {
        if (digits.length() != 4) return -1;
        for (int i = 0; i < 4; i++) if (digits.charAt(i) < '0' || digits.charAt(i) > '9') return -1;
        return Integer.parseInt(digits);
    }

    /// @param name an operator's, or empty
    /// @param open not closed by a quotation mark: what is typed next may belong to it
    private record Token(String name, String value, boolean open) {}

    private static List<Token> tokens(String text) {
        List<Token> out = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
                continue;
            }
            String name = operator(text, at);
            at += name.isEmpty() ? 0 : name.length() + 1;
            if (at < text.length() && text.charAt(at) == '"') {
                int end = text.indexOf('"', at + 1);
                out.add(new Token(name, text.substring(at + 1, end < 0 ? text.length() : end), end < 0));
                at = end < 0 ? text.length() : end + 1;
            } else {
                int end = at;
                while (end < text.length() && !Character.isWhitespace(text.charAt(end))) end++;
                out.add(new Token(name, text.substring(at, end), true));
                at = end;
            }
        }
        return out;
    }

    /// The operator that begins here, small; empty for none.
    private static String operator(String text, int at) {
        for (String name : List.of("artist", "album", "genre", "year", "server", "is")) {
            if (text.regionMatches(true, at, name, 0, name.length()) && at + name.length() < text.length()
                    && text.charAt(at + name.length()) == ':')
                return name;
        }
        return "";
    }
}
