/// Benchmarks: they print figures and assert nothing about absolute time. Run by `./mvnw -Pbench verify`.
@NullMarked
package app.waxwing.bench;

import org.jspecify.annotations.NullMarked;
