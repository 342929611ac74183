package app.waxwing.server;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What a server says by itself while a line to it stands. What it said while none stood is not said again.
public interface ServerPush {
    /// Most bytes of one message; a longer one ends the line.
    long LIMIT = 16L << 20;

    /// Begins to open a line and returns; the listener is told how it goes. May block for a moment (a keyring).
    Line open(Listener listener);

    interface Line extends AutoCloseable {
        /// Says that we are still here.
        void alive();

        /// Says good-bye. The listener is told nothing more that matters.
        @Override
        void close();
    }

    /// Told on a thread of the line, one call after the other; it must only post elsewhere.
    interface Listener {
        /// The line stands.
        void opened();

        /// The server lets go of a line that is silent for so long.
        void within(Duration silence);

        /// Any message came.
        void heard();

        void libraryChanged(LibraryNews news);

        /// What it knows now of the user and these items.
        void userData(List<RemoteUserData> items);

        /// Told once, however the line ended or if it never stood.
        void ended(String why);
    }

    /// Ids of items of any kind, also of such that this user never saw.
    record LibraryNews(Set<String> added, Set<String> updated, Set<String> removed) {}
}
