package app.waxwing.app;

import app.waxwing.cache.SmartCache;
import app.waxwing.settings.Options;
import app.waxwing.settings.Settings;
import java.time.Duration;

/// The smart cache's choices out of the settings, as they are now.
record CacheChoices(Settings settings) implements SmartCache.Choices {
    @Override
    public int ahead() {
        return cache().queuePrecache() ? cache().queuePrecacheCount() : 0;
    }

    @Override
    public int threshold() {
        return cache().albumAffinity() ? cache().albumAffinityThreshold() : 0;
    }

    @Override
    public Duration window() {
        return Duration.ofDays(cache().albumAffinityDays());
    }

    private Options.Cache cache() {
        return settings.options().cache();
    }
}
