package app.waxwing.parts;

import app.waxwing.base.Failure;

/// How a question to the library stands: what a page shows.
public sealed interface Asked<T> {
    record Waiting<T>() implements Asked<T> {}

    record Here<T>(T value) implements Asked<T> {}

    record Failed<T>(Failure failure) implements Asked<T> {}
}
