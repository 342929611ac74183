package app.waxwing.store;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.SEARCH_HISTORY;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import java.util.Collection;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;

/// For whom a text that was looked for is kept. A search goes over several servers at once, and whoever is signed in to one of them need not be the
/// one who is signed in to it tomorrow: so a text is kept for all accounts that were active together, and shown only while all of them are
/// (requirements 0.13, 4.5). They stand before the text in the column `folded`, each between two marks that no text holds. Rows of older versions
/// name nobody and are shown while no account is inactive.
public final class SearchOwners {
    private static final String MARK = "\u0001";
    private static final String END = "\u0002";
    private static final Condition NAMES_NOBODY = condition("instr({0}, {1}) = 0", SEARCH_HISTORY.FOLDED, inline(END));

    /// As [#shown], of the row `s`.
    static final String SHOWN_OF_S = "NOT EXISTS (SELECT 1 FROM account x WHERE x.is_active = 0 AND (instr(s.folded, char(2)) = 0 "
            + "OR instr(s.folded, char(1) || x.id || char(1)) > 0))";

    private SearchOwners() {}

    /// What stands before the text.
    ///
    /// @param accounts the active ones, at least one
    public static String of(Collection<Long> accounts) {
        return accounts.stream().sorted().map(String::valueOf).collect(Collectors.joining(MARK, MARK, MARK)) + END;
    }

    /// Texts kept for the same accounts lie between what stands before them and this.
    public static String behind(String owners) {
        return owners.substring(0, owners.length() - 1) + (char) (END.charAt(0) + 1);
    }

    /// What counts as the same text, without whose it is.
    public static String text(String folded) {
        return folded.substring(folded.indexOf(END) + 1);
    }

    /// The row may be seen by whoever uses the active accounts.
    public static Condition shown() {
        return SEARCH_HISTORY.ACCOUNT_ID.in(ActiveAccounts.ids())
                .and(notExists(selectOne().from(ACCOUNT).where(ACCOUNT.IS_ACTIVE.isFalse(), names(ACCOUNT.ID).or(NAMES_NOBODY))));
    }

    private static Condition names(Field<Long> account) {
        return condition("instr({0}, {1} || {2} || {1}) > 0", SEARCH_HISTORY.FOLDED, inline(MARK), account);
    }

    /// In the transaction in which an account goes: what was looked for with it goes, also where another account was active beside it.
    public static int forget(DSLContext sql, long account) {
        return sql.deleteFrom(SEARCH_HISTORY).where(SEARCH_HISTORY.SEARCHED_AT.ge(0L), names(val(account)).or(NAMES_NOBODY)).execute();
    }
}
