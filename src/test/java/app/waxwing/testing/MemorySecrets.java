package app.waxwing.testing;

import app.waxwing.base.Secrets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A keyring in memory.
public final class MemorySecrets implements Secrets {
    public final Map<String, String> all = new ConcurrentHashMap<>();

    @Override
    public Optional<String> find(String name) {
        return Optional.ofNullable(all.get(name));
    }

    @Override
    public void put(String name, String secret) {
        all.put(name, secret);
    }

    @Override
    public void remove(String name) {
        all.remove(name);
    }

    @Override
    public String place() {
        return "memory";
    }
}
