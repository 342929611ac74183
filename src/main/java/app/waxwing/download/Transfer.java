package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Time;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Verdict.Ending;
import app.waxwing.server.MediaRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt of one file, on a thread of its own (`transfer-N`, never interrupted: that would close the channel). It ends by calling `ended`
/// exactly once, after the part file is closed. Bytes of two versions never meet in one file: see [Answers] for what may be appended, and
/// [#restart] for the order in which an old version is forgotten.
final class Transfer implements Runnable, Attempt {
    private static final Logger LOG = LoggerFactory.getLogger(Transfer.class);
    private static final int MOST_IGNORED = 2;
    private volatile Entry entry;
    private final PartFile part;
    private final Tools tools;
    private final Consumer<TransferEnd> ended;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Exchange exchange;
    private volatile int rank;
    private Optional<MediaRequest> making = Optional.empty();
    private final Hashing.Sum sum;
    private final Segments segments;
    private final Filling filling;

    /// What every transfer needs.
    ///
    /// @param mebibyte told after each MiB, with the download's id
    /// @param segments what was read ahead of transfers
    record Tools(TransferSource source, Presence presence, Roots roots, Disk disk, DownloadStore store, Finishing finishing, Time time,
            DownloadOptions options, Room room, Limiter limiter, Runaway runaway, java.util.function.LongConsumer mebibyte, Heard heard,
            SegmentFolder segments, NotMusic notMusic) {}

    /// @param entry as it was started: with its paths and its attempt
    Transfer(Entry entry, PartFile part, Tools tools, Hashing hashing, Consumer<TransferEnd> ended) {
        this.entry = entry;
        this.part = part;
        this.tools = tools;
        sum = hashing.sum();
        this.ended = ended;
        rank = entry.rank();
        segments = tools.segments().join(entry.id());
        filling = new Filling(entry, part, sum, tools, segments, () -> rank, this::isStopped);
    }

    /// Any thread; returns at once. What is written so far is made durable.
    @Override
    public void stop() {
        stopped.countDown();
        Exchange running = exchange;
        if (running != null) running.stop();
        tools.limiter().wake();
    }

    /// It is wanted for a better reason now, or for a lesser one: what is heard now keeps to no limit. Any thread.
    @Override
    public void rank(int now) {
        rank = now;
        tools.limiter().wake();
    }

    @Override
    public PartFile part() {
        return part;
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public void run() {
        TransferEnd end;
        try {
            end = close(attempted());
        } catch (RuntimeException | Error e) {
            end = error(e);
        }
        try {
            if (isStopped() || end instanceof TransferEnd.Arrived) segments.clear(); // after other ends the next attempt may take it over
            tools.segments().leave(segments);
            making.ifPresent(request -> tools.source().givenUp(entry.key().account(), request));
        } finally { // whatever happens: nobody else ends it
            ended.accept(isStopped() && !(end instanceof TransferEnd.Arrived) ? new TransferEnd.Stopped() : end);
        }
    }

    private TransferEnd attempted() {
        try {
            return attempt();
        } catch (DiskException e) {
            LOG.warn("download {}: the disk says {}", entry.id(), e.getMessage());
            TransferEnd end = tools.room().failed(entry, part, e);
            Finishing.cut(part);
            return end;
        } catch (FailureException e) {
            return TransferTrouble.of(e.failure());
        } catch (CompletionException e) {
            return new TransferEnd.Held(Reason.DISK, FailureException.of(e), Optional.empty());
        } catch (IOException e) {
            return network(e);
        } catch (RuntimeException | Error e) {
            return error(e);
        }
    }

    private TransferEnd error(Throwable e) {
        LOG.error("download {} failed", entry.id(), e);
        return new TransferEnd.Broke(new Failure.Trouble(entry.label().title(), "an error in Waxwing (" + e + ")"));
    }

    private TransferEnd attempt() throws IOException {
        Optional<Failure> trouble = tools.roots().trouble(entry.root());
        if (trouble.isPresent()) return new TransferEnd.Held(Reason.DISK, trouble.get(), Optional.empty());
        Optional<TransferEnd.Arrived> before = tools.finishing().finishedBefore(entry);
        if (before.isPresent()) return before.get();
        Optional<TransferEnd> noRoom = tools.room().trouble(entry, part.state(), entry.expected());
        if (noRoom.isPresent()) return noRoom.get();
        if (open()) restart("its part is longer than the file");
        if (part.state().bytes() > 0 && part.state().total().equals(OptionalLong.of(part.state().bytes()))) return finish();
        long account = entry.key().account();
        Optional<Verdict.Hold> stranger = tools.presence().trouble(account);
        if (stranger.isPresent()) return stranger.get().end();
        var http = new Exchange(tools.source().client(account), tools.options(), tools.time());
        exchange = http;
        Offer offer = tools.source().offer(entry.key(), entry.purpose(), entry.target());
        if (entry.target().transcoded() && offer instanceof Offer.Original) {
            Optional<TransferEnd.Arrived> here = takeAsItIs();
            if (here.isPresent()) return here.get();
        }
        MediaRequest request = offer.request();
        boolean afresh = false;
        boolean again = false;
        while (!isStopped()) {
            filling.take();
            long offset = part.written();
            Optional<String> ifRange = request.resumable() && part.state().total().isPresent()
                    ? part.state().validators().ifRange()
                    : Optional.empty();
            boolean deaf = part.state().ignored() >= MOST_IGNORED;
            if (offset > 0 && (ifRange.isEmpty() || deaf)) {
                restart(deaf ? "the server never goes on where we stopped" : "nothing proves that the server still has the same file");
                offset = 0;
            }
            if (offset > 0 && part.state().total().equals(OptionalLong.of(offset))) return finish();
            making = offer instanceof Offer.Transcode ? Optional.of(request) : Optional.empty();
            try (Response response = http.send(request, offset, ifRange, filling.next())) {
                tools.heard().answered(account);
                var asked = new Answers.Asked(offset, part.state().total(), part.state().validators(),
                        tools.source().name(account, request.url().getHost()), entry.label().title());
                Verdict verdict = tools.presence().weigh(account, Answers.judge(asked, Answers.Head.of(response)), http.elsewhere());
                if (!(verdict instanceof Verdict.Whole)) making = Optional.empty();
                switch (verdict) {
                    case Verdict.Append v -> {
                        served();
                        switch (filling.receive(response.body().source(), OptionalLong.of(v.end()))) {
                            case ALL, NO_ROOM -> {
                            }
                            case MET -> http.leave();
                            case TOO_MUCH -> {
                                if (afresh) return refused("it sends more than it promises");
                                afresh = true;
                                restart("more bytes came than were promised");
                            }
                        }
                    }
                    case Verdict.Whole v -> {
                        var instead = tools.notMusic().in(response.body().source(), entry, asked, v);
                        if (instead.isPresent()) return instead.get();
                        served();
                        if (offset > 0) {
                            part.ignored();
                            restart("the server sends the whole file");
                        }
                        Optional<TransferEnd> end = offer instanceof Offer.Transcode t
                                ? transcode(response.body().source(), asked, v, t)
                                : whole(response.body().source(), asked, v);
                        if (!filling.met() || end.isPresent()) return end.isPresent() ? end.get() : finish();
                        http.leave();
                    }
                    case Verdict.Complete v -> {
                        return finish();
                    }
                    case Verdict.Afresh v -> {
                        if (afresh) return refused(v.why());
                        afresh = true;
                        restart(v.why());
                    }
                    case Verdict.AtOnce v -> {
                        if (again) return new TransferEnd.Broke(new Failure.Trouble("The server", "it waited too long for us"));
                        again = true;
                    }
                    case Verdict.Page v -> {
                        return tools.notMusic().page(entry, asked, v);
                    }
                    case Verdict.Over v -> {
                        return v.end();
                    }
                }
            }
        }
        return new TransferEnd.Stopped();
    }

    private void served() {
        tools.notMusic().none(entry.id());
        tools.heard().served(entry.key().account());
    }

    /// The server's own file serves for the transcode that was wished for. The row says so before a byte of it comes; it may be here already.
    private Optional<TransferEnd.Arrived> takeAsItIs() {
        var taken = tools.store().takeAsItIs(entry).join().orElseThrow(() -> notWanted().asException());
        entry = entry.original(taken.name());
        return taken.here();
    }

    /// A transcode from its first byte: without length and validators, so that nothing of it counts before its sound was measured. Empty = whole.
    private Optional<TransferEnd> transcode(BufferedSource source, Answers.Asked asked, Verdict.Whole v, Offer.Transcode offer)
            throws IOException {
        part.version(Validators.NONE, OptionalLong.empty(), v.mime());
        Optional<TransferEnd> trouble = receive(source, v.length());
        if (trouble.isPresent()) return trouble;
        making = Optional.empty(); // it came to its end
        return Completeness.check(tools.source().durations(), partPath(), asked.what(), offer.duration(), this::isStopped);
    }

    private Path partPath() {
        return tools.roots().resolve(entry.root(), entry.partPath().orElseThrow());
    }

    /// A body from its first byte. Empty = it is whole, or it met what was read ahead.
    private Optional<TransferEnd> whole(BufferedSource source, Answers.Asked asked, Verdict.Whole v) throws IOException {
        OptionalLong known = entry.label().size();
        boolean seenBefore = part.state().announced(v);
        part.version(v.validators(), v.length(), v.mime());
        if (v.length().isPresent() && known.isPresent() && v.length().getAsLong() != known.getAsLong()) {
            LOG.warn("download {}: the server sends {} bytes, its item data says {}", entry.id(), v.length().getAsLong(),
                    known.getAsLong());
            // The library may be behind the file, or a proxy lies about the length: only an answer that says the same twice is believed.
            if (!seenBefore || v.length().getAsLong() == 0) {
                return Optional.of(new TransferEnd.Broke(new Failure.Trouble(asked.what(), "the server sends " + v.length().getAsLong()
                        + " bytes where its library says " + known.getAsLong())));
            }
        }
        Optional<Failure> tooOften = rank > 0 ? tools.runaway().trouble(entry.with(part.state())) : Optional.empty();
        if (tooOften.isPresent()) return Optional.of(new TransferEnd.Refused(tooOften.get()));
        Optional<TransferEnd> noRoom = tools.room().trouble(entry, part.state(), v.length().isPresent() ? v.length() : known);
        if (noRoom.isEmpty()) noRoom = tools.room().ahead(entry, v.length());
        if (noRoom.isPresent()) return noRoom;
        Optional<TransferEnd> trouble = receive(source, v.length());
        if (trouble.isPresent()) return trouble;
        // No music has no bytes; but where the library, asked now, says that the file is empty, that is what was asked for (B.28).
        if (part.written() == 0 && !filling.met() && (known.isPresent() ? known : tools.source().size(entry.key())).orElse(-1) != 0) {
            return Optional.of(new TransferEnd.Broke(new Failure.Trouble(asked.what(),
                    "the server sent an empty file; if it stays so, the file on the server may be damaged")));
        }
        if (v.length().isPresent()) return Optional.empty();
        // Without a length: the end of a chunked body is trusted, the end of a connection is not (B.7); neither when item data says otherwise.
        if (known.isPresent() && known.getAsLong() != part.written()) {
            return Optional.of(new TransferEnd.Broke(new Failure.Trouble(asked.what(),
                    "the server sent " + part.written() + " bytes where its library says " + known.getAsLong())));
        }
        if (known.isEmpty() && v.ending() == Ending.CLOSE) {
            return Completeness.unmeasured(tools.source().durations(), partPath(), entry.label(), this::isStopped);
        }
        return Optional.empty();
    }

    /// A body from its first byte. One without a length that finds no room for more gives back what it took: nothing can go on there.
    private Optional<TransferEnd> receive(BufferedSource source, OptionalLong length) throws IOException {
        Filling.Read read = filling.receive(source, length);
        if (read == Filling.Read.TOO_MUCH) return Optional.of(refused("it sends more than it promises"));
        if (read != Filling.Read.NO_ROOM) return Optional.empty();
        restart("there is no room for more of it");
        return filling.noRoom();
    }

    /// Opens the part and takes what is durable of it (B.27): longer is cut, shorter is taken to the last whole block. True = none of it is of use.
    private boolean open() throws DiskException {
        try {
            Path file = partPath();
            Disk.Bytes bytes = tools.roots().folders().open(tools.roots().folder(entry.root()), file);
            long durable = part.state().bytes();
            long there = bytes.size();
            part.opened(bytes, there >= durable ? durable : there / Filling.BUFFER * Filling.BUFFER);
            sum.of(bytes);
            return part.state().tooShortFor(there);
        } catch (IOException e) {
            throw new DiskException(e);
        }
    }

    /// Another version begins. First the row forgets the old version, then the file, then come new bytes: the other way round a crash could
    /// leave new bytes under the old version's validators, and a server that went back to the old version would complete a mixed file.
    private void restart(String why) throws DiskException {
        LOG.info("download {} starts again: {}", entry.id(), why);
        try {
            int version = part.restart();
            segments.clear();
            if (!tools.store().reset(entry.id(), entry.state().attempt(), version).join()) throw notWanted().asException();
            sum.restart();
            part.truncated();
        } catch (IOException e) {
            throw new DiskException(e);
        }
    }

    /// Nothing of what is no music stays: the next attempt begins anew.
    private TransferEnd finish() throws IOException {
        Optional<TransferEnd> doubt = doubt();
        if (doubt.isPresent() && !isStopped()) restart("it is not what was asked for");
        if (doubt.isPresent()) return doubt.get();
        try {
            part.finished();
        } catch (IOException e) {
            throw new DiskException(e);
        }
        return tools.finishing().finish(entry, part.state(), sum.hex(part.written()), this::pause);
    }

    /// A transcode was measured by its sound.
    private Optional<TransferEnd> doubt() throws DiskException {
        if (entry.target().transcoded() || part.written() == 0) return Optional.empty();
        try {
            return Completeness.original(tools.source().durations(), partPath(), part.head(FirstBytes.ENOUGH), part.written(),
                    entry.label(), () -> tools.source().size(entry.key()), this::isStopped);
        } catch (IOException e) {
            throw new DiskException(e);
        }
    }

    private Failure notWanted() {
        return new Failure.Trouble(entry.label().title(), "the download is not wanted any more");
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /// @return false when it was told to stop meanwhile
    private boolean pause(Duration time) {
        try {
            return !stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private TransferEnd close(TransferEnd end) {
        TransferEnd result = end;
        try {
            if (!(end instanceof TransferEnd.Arrived)) part.force();
        } catch (IOException e) {
            result = tools.room().failed(entry, part, new DiskException(e));
            Finishing.cut(part);
        }
        sum.close();
        try {
            part.closed();
            if (part.written() == 0 && !(end instanceof TransferEnd.Arrived)) tools.finishing().dropEmpty(entry);
        } catch (IOException | FailureException e) {
            LOG.warn("download {}: closing its part", entry.id(), e);
        }
        return result;
    }

    private TransferEnd refused(String why) {
        return new TransferEnd.Refused(new Failure.Trouble("The server", why));
    }

    private TransferEnd network(IOException e) {
        if (isStopped()) return new TransferEnd.Stopped();
        LOG.info("download {}: {}", entry.id(), e.toString());
        TransferEnd end = TransferTrouble.of(e, tools.source().connected());
        if (!(end instanceof TransferEnd.Refused)) tools.heard().failed(entry.key().account());
        return end;
    }
}
