package app.waxwing.settings.ui;

import app.waxwing.base.AppPaths;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// What the Settings page shows and does beyond the options themselves.
///
/// @param addServer opens the way to sign in
/// @param clearCache throws away what may be evicted and answers how many bytes that were; empty where there is no cache to clear
/// @param diagnostics a text for somebody who helps, without secrets; may take a moment
/// @param version of this program
public record SettingsLinks(AppPaths paths, Runnable addServer, Optional<Supplier<CompletableFuture<Long>>> clearCache,
        Supplier<CompletableFuture<String>> diagnostics, String version) {}
