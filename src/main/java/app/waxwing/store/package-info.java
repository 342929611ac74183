/// The SQLite file: one writer, few readers, schema, backup. Entry type: [app.waxwing.store.Database].
@NullMarked
package app.waxwing.store;

import org.jspecify.annotations.NullMarked;
