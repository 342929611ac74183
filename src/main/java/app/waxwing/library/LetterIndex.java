package app.waxwing.library;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;

/// Letters and typed beginnings in lists in order of a name: counted in the index that the list itself comes from.
final class LetterIndex {
    /// Sorts behind everything that begins with what stands before it.
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);
    private static final Pattern ARTICLE = Pattern.compile("^(the|a|an) +(?=\\S)");

    private LetterIndex() {}

    /// What a list is in order of.
    ///
    /// @param folded it holds small letters without marks; otherwise only ASCII letters count as equal, large or small
    record Name(Table<?> table, Field<String> key, boolean folded, Condition where) {
        private Field<Integer> first() {
            Field<String> small = folded ? key : field("lower({0})", String.class, key);
            return field("coalesce(unicode({0}), 0)", Integer.class, small);
        }

        private Condition before(String text) {
            return key.lt(val(text));
        }

        private Condition after(String text) {
            return key.gt(val(text + LAST));
        }
    }

    static Letters letters(DSLContext sql, ItemKind kind, Query query) {
        List<Letters.Count> counts = new ArrayList<>();
        if (kind == ItemKind.GENRE) {
            GenreTable.named(sql, query).orElse(List.of())
                    .forEach(g -> counts.add(new Letters.Count(SearchText.plain(g.name()).codePoints().findFirst().orElse(0), 1)));
            return Letters.of(counts);
        }
        name(kind, query).ifPresent(name -> {
            Field<Integer> first = name.first().as("first");
            sql.select(first, count()).from(name.table()).where(name.where(), name.key().ge(inline("")))
                    .groupBy(first).orderBy(TrackTable.way(first, query.descending()))
                    .forEach(r -> counts.add(new Letters.Count(r.value1(), r.value2())));
        });
        return Letters.of(counts);
    }

    /// Index of the first row whose name begins with the text, or where it would stand; empty where the list is in order of something else.
    /// In a playlist's own order it is the first that begins so, if one does.
    static Optional<Integer> place(DSLContext sql, ItemKind kind, Query query, String typed) {
        if (kind == ItemKind.GENRE) return GenreTable.named(sql, query).map(all -> genre(all, query, typed));
        if (kind == ItemKind.TRACK && query.sort().isEmpty()
                && query.within().orElse(null) instanceof Query.Within.InPlaylist(ItemKey key)) {
            return folded(typed).map(text -> PlaylistOrder.place(sql, key, query, text)).flatMap(Optional::stream).findFirst();
        }
        return name(kind, query).map(name -> {
            List<String> tries = tries(name, typed);
            String wanted = tries.stream().limit(tries.size() - 1L).filter(text -> sql.fetchExists(
                    select(inline(1)).from(name.table()).where(name.where(), name.key().ge(text), name.key().le(text + LAST))))
                    .findFirst().orElse(tries.getLast());
            return sql.fetchCount(select(inline(1)).from(name.table())
                    .where(name.where(), query.descending() ? name.after(wanted) : name.before(wanted)));
        });
    }

    /// As typed, without an article (a server's own sort names have none), or where marks were not folded with a large letter.
    private static List<String> tries(Name name, String typed) {
        if (name.folded()) return folded(typed).toList();
        String small = typed.toLowerCase(Locale.ROOT);
        int first = small.offsetByCodePoints(0, 1);
        return Stream.of(small.substring(0, first).toUpperCase(Locale.ROOT) + small.substring(first), small).distinct()
                .toList();
    }

    private static Stream<String> folded(String typed) {
        String text = SearchText.plain(typed);
        return Stream.of(text, ARTICLE.matcher(text).replaceFirst("")).distinct();
    }

    private static int genre(List<Genre> all, Query query, String typed) {
        String text = SearchText.plain(typed);
        for (int i = 0; i < all.size(); i++) if (SearchText.plain(all.get(i).name()).startsWith(text)) return i;
        return (int) all.stream().filter(g -> (SearchText.plain(g.name()).compareTo(text) < 0) != query.descending()).count();
    }

    private static Optional<Name> name(ItemKind kind, Query query) {
        return switch (kind) {
            case TRACK -> TrackTable.name(query);
            case ALBUM -> AlbumTable.name(query);
            case ARTIST -> ArtistTable.name(query);
            case PLAYLIST -> PlaylistTable.name(query);
            case GENRE -> Optional.empty();
        };
    }
}
