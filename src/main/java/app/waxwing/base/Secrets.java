package app.waxwing.base;

import java.util.Optional;

/// Where tokens live: the system's keyring, else an owner-only file. Calls may block (a keyring may ask the user): never on the FX thread.
public interface Secrets {
    Optional<String> find(String name);

    void put(String name, String secret);

    void remove(String name);

    /// Where they are, in words for Settings and `doctor`: «GNOME Keyring», «a file only you can read: …».
    String place();
}
