/// What every other package stands on: ids, failures and their words, events, mailboxes, threads, time, folders, byte sources.
/// Entry types: [app.waxwing.base.Failure], [app.waxwing.base.Mailbox], [app.waxwing.base.Time].
@NullMarked
package app.waxwing.base;

import org.jspecify.annotations.NullMarked;
