package app.waxwing.account;

import app.waxwing.base.FailureException;
import app.waxwing.base.Secrets;
import app.waxwing.store.CacheMeter;
import java.util.Optional;

/// Counts how sign-ins come back from where they are kept (requirement 1.10, «login time»): each is looked for once in a run, when its account is
/// first needed; one that is not there, so that somebody has to sign in, is a miss.
record CountedSecrets(Secrets kept, CacheMeter meter) implements Secrets {
    @Override
    public Optional<String> find(String name) {
        long start = meter.start();
        try {
            Optional<String> found = kept.find(name);
            if (found.isPresent()) meter.hit(start);
            else meter.miss(start);
            return found;
        } catch (FailureException e) {
            meter.error();
            throw e;
        }
    }

    @Override
    public void put(String name, String secret) {
        kept.put(name, secret);
    }

    @Override
    public void remove(String name) {
        kept.remove(name);
    }

    @Override
    public String place() {
        return kept.place();
    }
}
