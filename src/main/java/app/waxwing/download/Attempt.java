package app.waxwing.download;

import java.util.function.Consumer;

/// One try at a download, under way. Any thread.
interface Attempt {
    PartFile part();

    /// As it was started, with what the attempt itself decided: the original in place of a transcode, and the name for it.
    Entry entry();

    /// Returns at once; the end comes later, as always.
    void stop();

    /// It matters more, or less, than when it began.
    void rank(int now);

    /// One that could not be begun: it ends at once.
    record Unbegun(Entry entry, PartFile part) implements Attempt {
        @Override
        public void stop() {}

        @Override
        public void rank(int now) {}
    }

    /// Begins attempts. The scheduler knows no threads and no network.
    interface Starter {
        /// @param ended called exactly once, on any thread
        Attempt begin(Entry entry, PartFile part, Consumer<TransferEnd> ended);

        /// No more will begin.
        void close();
    }
}
