package app.waxwing.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds statements that go through the whole of a big table, by SQLite's own plan for them (4.11). A walk through an index is a walk through the
/// whole table all the same; so is a full-text table that is asked without MATCH, and an index that SQLite makes for this one statement. So is a
/// look-up in an index by nothing but what most rows share: one account may have nearly all of them, one kind or root too.
public final class QueryPlans {
    /// Tables of a row for each account, server, folder, list and the like: to read them through is the quickest. All others are big.
    private static final Set<String> SMALL = Set.of("account", "account_setting", "library_folder", "genre", "media_folder", "playlist",
            "counter", "player_state", "player_order", "network_choice", "pending_action", "pending_action_item", "pending_count",
            "sync_state",
            "kept_collection", "cache_figure", "held_sweep", "flyway_schema_history");
    private static final Pattern LINE = Pattern.compile("(SCAN|SEARCH) (\\S+)( .*)?");
    /// Columns of which one value may be that of nearly all rows.
    private static final Set<String> SHARED = Set.of("account_id", "server_id", "kind", "item_kind", "root", "is_pinned", "quality",
            "source");
    private static final Pattern BOUNDS = Pattern.compile("\\(([^()]*)\\)$");
    private static final Pattern PART = Pattern.compile("^CREATE .*\\sWHERE\\s+(.*)$", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern INDEX = Pattern.compile("USING (?:COVERING )?INDEX (\\S+)");
    /// FTS5's own plan: behind the colon stand a MATCH or bounds of the rowid, and nothing where the whole is read; of its words (`fts5vocab`) the number
    /// before it tells, above the bits of the columns that are asked for.
    private static final Pattern VIRTUAL = Pattern.compile("VIRTUAL TABLE INDEX (\\d+):(.*)");
    private final Connection connection;
    /// Lower-case names of tables and of indexes, with the table that each belongs to.
    private final Map<String, String> tables = new HashMap<>();
    /// Indexes of some rows of their table alone, such as the favourites: those are few.
    private final Set<String> some = new HashSet<>();

    public QueryPlans(Connection connection) throws SQLException {
        this.connection = connection;
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT name, tbl_name, sql FROM sqlite_schema WHERE type IN ('table', 'index')")) {
            while (rows.next()) {
                String name = rows.getString(1).toLowerCase(Locale.ROOT);
                tables.put(name, rows.getString(2).toLowerCase(Locale.ROOT));
                Matcher part = PART.matcher(rows.getString(3) == null ? "" : rows.getString(3));
                if (part.find() && !part.group(1).strip().equalsIgnoreCase("deleted_at IS NULL")) some.add(name);
            }
        }
    }

    /// A step of a plan that goes through a big table.
    ///
    /// @param plan all its lines, one a line
    public record Walk(String table, String step, String statement, String plan) {
        /// Its rows come from the index in their order.
        boolean sorted() {
            return !plan.contains("USE TEMP B-TREE FOR ORDER BY");
        }

        @Override
        public String toString() {
            return step + "\n    in " + statement + "\n    plan\n" + plan.indent(8);
        }
    }

    public enum Order {
        ANY, SORTED, LIMITED
    }

    /// What goes through a big table by its nature, and why that is so.
    ///
    /// @param order what must hold of the order of its rows
    public record Excuse(String reason, Order order, Pattern step, Pattern statement) {
        /// Every row is wanted, and none before another.
        public static Excuse every(String reason, String step, String statement) {
            return new Excuse(reason, Order.ANY, Pattern.compile(step), pattern(statement));
        }

        /// Every row is wanted, in the order that the index has.
        public static Excuse whole(String reason, String step, String statement) {
            return new Excuse(reason, Order.SORTED, Pattern.compile(step), pattern(statement));
        }

        /// The first rows of the order that the index has.
        public static Excuse first(String reason, String step, String statement) {
            return new Excuse(reason, Order.LIMITED, Pattern.compile(step), pattern(statement));
        }

        private static Pattern pattern(String statement) {
            return Pattern.compile(statement, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
        }

        public boolean covers(Walk walk) {
            boolean fits = switch (order) {
                case ANY -> true;
                case SORTED -> walk.sorted();
                case LIMITED -> walk.sorted() && walk.statement().toLowerCase(Locale.ROOT).contains(" limit ");
            };
            return fits && step.matcher(walk.step()).find()
                    && statement.matcher(walk.statement().replace("`", "").replace("\"", "")).find();
        }
    }

    /// Every walk has an excuse, and every excuse a walk.
    public static void assertExcused(List<Walk> walks, List<Excuse> excuses) {
        Set<Excuse> needed = new LinkedHashSet<>();
        List<Walk> unexcused = walks.stream().filter(walk -> {
            List<Excuse> found = excuses.stream().filter(e -> e.covers(walk)).toList();
            needed.addAll(found);
            return found.isEmpty();
        }).toList();
        assertThat(unexcused).as("steps that go through a big table").isEmpty();
        assertThat(excuses).as("excuses that nothing needs any more").allMatch(needed::contains);
    }

    /// The steps of this statement that go through a big table.
    public List<Walk> walks(String statement) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (var asked = connection.createStatement(); var rows = asked.executeQuery("EXPLAIN QUERY PLAN " + statement)) {
            while (rows.next()) lines.add(rows.getString(4));
        }
        List<Walk> walks = new ArrayList<>();
        for (String line : lines) {
            walked(line, statement).filter(table -> !SMALL.contains(table))
                    .ifPresent(table -> walks.add(new Walk(table, line, statement, String.join("\n", lines))));
        }
        return walks;
    }

    /// The table that this step goes through. Results of subqueries have steps of their own.
    private Optional<String> walked(String line, String statement) {
        Matcher step = LINE.matcher(line);
        if (!step.matches()) return Optional.empty();
        String how = step.group(3) == null ? "" : step.group(3);
        boolean whole = step.group(1).equals("SCAN");
        Matcher virtual = VIRTUAL.matcher(how.strip());
        if (virtual.matches()) {
            boolean words = step.group(2).endsWith("_words");
            whole = virtual.group(2).isEmpty() && (!words || Integer.parseInt(virtual.group(1)) < 0x100);
        }
        if (!whole && !how.contains("AUTOMATIC") && !shared(how.strip())) return Optional.empty();
        return table(step.group(2), how, statement);
    }

    /// It is looked up by nothing but what most rows share.
    private boolean shared(String how) {
        Matcher bounds = BOUNDS.matcher(how);
        Matcher index = INDEX.matcher(how);
        if (!bounds.find() || index.find() && some.contains(index.group(1).toLowerCase(Locale.ROOT))) return false;
        return Stream.of(bounds.group(1).split(" AND ")).allMatch(bound -> SHARED.contains(bound.split("[=<>]")[0].strip()));
    }

    private Optional<String> table(String name, String how, String statement) {
        Matcher index = INDEX.matcher(how);
        String of = index.find() ? tables.get(index.group(1).toLowerCase(Locale.ROOT)) : null;
        if (of != null) return Optional.of(of);
        String known = tables.get(name.toLowerCase(Locale.ROOT));
        if (known != null) return Optional.of(known);
        // Another name for a table, as «from track as t».
        Matcher alias = Pattern.compile("[`\"]?(\\w+)[`\"]?\\s+(?:as\\s+)?[`\"]?" + Pattern.quote(name) + "[`\"]?(?!\\w)",
                Pattern.CASE_INSENSITIVE).matcher(statement);
        while (alias.find()) {
            String table = tables.get(alias.group(1).toLowerCase(Locale.ROOT));
            if (table != null) return Optional.of(table);
        }
        return Optional.empty();
    }
}
