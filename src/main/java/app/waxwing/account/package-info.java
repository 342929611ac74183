/// Accounts: sign-in, one session each, and whether their servers can be reached. Entry type: [app.waxwing.account.Accounts].
@NullMarked
package app.waxwing.account;

import org.jspecify.annotations.NullMarked;
