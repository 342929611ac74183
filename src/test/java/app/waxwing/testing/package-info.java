/// What tests of several packages share: parts of the system they need, the fault server, checks against the server's contract.
/// Entry types: [app.waxwing.testing.Parts], [app.waxwing.testing.FaultyServer], [app.waxwing.testing.DemoProcess],
/// [app.waxwing.testing.ContractCheck], [app.waxwing.testing.JellyfinCalls].
@NullMarked
package app.waxwing.testing;

import org.jspecify.annotations.NullMarked;
