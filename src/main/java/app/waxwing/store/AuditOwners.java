package app.waxwing.store;

import static app.waxwing.store.schema.Tables.ACCOUNT;

import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;

/// Whose deed a row of the audit tells of, so that two users of one machine never read each other's (requirements 0.13, 4.20). Rows name the
/// account in words and have no reference to it, since they outlive it.
///
/// @param active users of the active accounts
/// @param others the other accounts, each «user at server»
record AuditOwners(List<String> active, List<String> others) {
    /// Between what was done and whose it is.
    static final String OF = " · ";
    private static final Set<String> NOBODYS = Set.of(Audit.RESTORE, Audit.MIGRATION);
    private static final Set<String> NAMES_AN_ACCOUNT = Set.of(Audit.SIGN_IN, Audit.SIGN_OUT, Audit.SERVER_ADDED, Audit.ACCOUNT_DELETED);

    static AuditOwners read(DSLContext sql) {
        return new AuditOwners(sql.select(ACCOUNT.USER_NAME).from(ACCOUNT).where(ACCOUNT.IS_ACTIVE.isTrue()).fetch(ACCOUNT.USER_NAME),
                sql.select(ACCOUNT.USER_NAME, ACCOUNT.SERVER_NAME).from(ACCOUNT).where(ACCOUNT.IS_ACTIVE.isFalse())
                        .fetch(r -> Audit.who(r.value1(), r.value2())));
    }

    boolean shows(Audit.Entry entry) {
        if (NOBODYS.contains(entry.action())) return true;
        String who = who(entry);
        if (NAMES_AN_ACCOUNT.contains(entry.action())) return ofActive(who) || refusedStranger(entry) || others.isEmpty();
        // Rows of older versions do not say whose they are: they are shown where there is only one whose they can be. What somebody did with things
        // of an account that is gone is shown where there is no account at all, and not to whoever came after.
        return who.isEmpty() ? others.isEmpty() : ofActive(who) || active.isEmpty() && others.isEmpty();
    }

    /// The account that a row names; empty where it names none.
    private static String who(Audit.Entry entry) {
        if (NAMES_AN_ACCOUNT.contains(entry.action())) return entry.object();
        int of = entry.object().lastIndexOf(OF);
        String who = of < 0 ? "" : entry.object().substring(of + OF.length());
        return who.contains(" at ") ? who : "";
    }

    /// The row tells of this account, which is in neither list any more, and of none that is here: by its name now or, where no other account is
    /// called so, under an earlier name of its server. One of an older version, which names nobody, tells of it where nobody else is here.
    boolean tellsOf(Audit.Entry entry, String user, String server) {
        if (NOBODYS.contains(entry.action())) return false;
        String who = who(entry);
        if (who.isEmpty()) return active.isEmpty() && others.isEmpty();
        if (who.equalsIgnoreCase(Audit.who(user, server))) return true;
        String called = user + " at ";
        return who.regionMatches(true, 0, called, 0, called.length()) && !others.contains(who) && !active.contains(user);
    }

    /// By the user's name: a server may be called otherwise by now.
    private boolean ofActive(String who) {
        return !others.contains(who) && active.stream().anyMatch(user -> who.startsWith(user + " at "));
    }

    /// A sign-in that failed under a name of which there is no account here.
    private boolean refusedStranger(Audit.Entry entry) {
        return !entry.outcome().equals(Audit.DONE) && entry.action().equals(Audit.SIGN_IN)
                && others.stream().noneMatch(who -> entry.object().startsWith(who.substring(0, who.indexOf(" at ") + 4)));
    }
}
