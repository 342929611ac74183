package app.waxwing.control;

import java.util.List;
import java.util.Optional;

/// A command on its way to the instance that carries it out.
///
/// @param arguments everything after the global options
/// @param secret a password, read by the calling process
public record Request(List<String> arguments, Optional<String> secret) {
    public Request {
        arguments = List.copyOf(arguments);
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "Request" + arguments;
    }
}
