package app.waxwing.store;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;

/// Whose rows are shown: of the accounts of one server one is active, and two of them never see each other's rows (requirements 0.13, 4.5). Whatever
/// shows, counts, clears, takes back or exports rows asks here; what works on behind (transfers, sending, retention) goes over all accounts.
///
/// The plus before the column keeps SQLite from looking up whole accounts and sorting them afterwards, where an index has the rows in order.
public final class ActiveAccounts {
    private ActiveAccounts() {}

    /// Their numbers, as a subquery.
    public static Select<Record1<Long>> ids() {
        return select(ACCOUNT.ID).from(ACCOUNT).where(ACCOUNT.IS_ACTIVE.isTrue());
    }

    /// Their numbers now: for work in several transactions, between which another account may become the active one.
    public static List<Long> ids(DSLContext sql) {
        return sql.fetch(ids()).getValues(ACCOUNT.ID);
    }

    /// The numbers of all other accounts, whose rows nobody sees.
    public static Set<Long> others(DSLContext sql) {
        return Set.copyOf(sql.select(ACCOUNT.ID).from(ACCOUNT).where(ACCOUNT.IS_ACTIVE.isFalse()).fetch(ACCOUNT.ID));
    }

    /// The row is one of theirs.
    public static Condition own(Field<Long> account) {
        return field("+{0}", Long.class, account).in(ids());
    }

    /// The row is of one of these.
    public static Condition of(Field<Long> account, Collection<Long> accounts) {
        return accounts.isEmpty() ? condition("0 = 1") : field("+{0}", Long.class, account).in(accounts);
    }

    /// The same as [#own] for a query that is written as text.
    public static String own(String column) {
        return "+" + column + " IN (SELECT id FROM account WHERE is_active = 1)";
    }
}
