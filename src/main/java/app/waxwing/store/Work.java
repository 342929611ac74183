package app.waxwing.store;

import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// What is done with one connection inside one transaction. Leave the transaction's own statements (`BEGIN`, `COMMIT`) alone.
@FunctionalInterface
public interface Work<T extends @Nullable Object> {
    T with(DSLContext sql);
}
