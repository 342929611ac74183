package app.waxwing.download;

import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Status;
import app.waxwing.library.FileTable;
import app.waxwing.library.LibraryChanges;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FaultServer.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("2.13 B.30 finished files that are deleted or edited behind our back")
class MissingFileTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    private static final String SENTENCE = "The file was deleted or changed outside Waxwing; try again to fetch it anew.";
    @TempDir
    Path folder;
    private Rig rig;
    private FileTable files;

    @BeforeEach
    void begin() {
        rig = new Rig(folder).start();
        files = new FileTable(rig.database, new LibraryChanges(rig.time, Runnable::run),
                rig.paths.cachedMedia(), MediaFolders::isThere, rig.time);
        wire();
    }

    private void wire() {
        files.vanished().subscribe(key -> rig.engine.missingFiles().missing(key));
        files.redated().subscribe(key -> rig.engine.missingFiles().redated(key));
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private ItemKey served(String id) {
        rig.server.file(Rig.path(id), Version.of(TransferTest.music(5000, 1), LONG_AGO));
        return rig.track(1, id, 5000);
    }

    private Path kept(ItemKey key) {
        rig.enqueue(key);
        return rig.await(key, Status.COMPLETED).path().orElseThrow();
    }

    private Download missed(ItemKey key) {
        assertThat(files.find(key)).isEmpty();
        Download row = rig.await(key, Status.FAILED);
        assertThat(row.error()).contains(SENTENCE);
        assertThat(row.path()).isEmpty();
        assertThat(row.completedAt()).isEmpty();
        assertThat(row.bytesDownloaded()).isZero();
        return row;
    }

    @Test
    @DisplayName("deleted: not available, the row says so once with a sentence, «try again» fetches it anew")
    void deleted() throws IOException {
        ItemKey key = served("a");
        Path file = kept(key);
        assertThat(files.find(key)).isPresent();
        Files.delete(file);
        Download row = missed(key);
        Rig.await(() -> rig.engine.activity().failed() == 1, () -> rig.engine.activity().toString()); // memory is told after the row
        assertThat(rig.engine.activity().completed()).isZero();
        assertThat(rig.events.stream().filter(e -> e.kind() == DownloadEvent.Kind.FAILED)).hasSize(1);
        rig.engine.retry(java.util.List.of(row.id())).join();
        Download again = rig.await(key, Status.COMPLETED);
        assertThat(again.path()).contains(file);
        assertThat(rig.bytes(again)).isEqualTo(TransferTest.music(5000, 1));
        assertThat(files.find(key)).isPresent();
    }

    @Test
    @DisplayName("2.13 a file that is already known to be missing is named by verify, fetched again by its repair, and not when it is back in place")
    void repaired() throws IOException {
        ItemKey key = served("a");
        Path file = kept(key);
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        missed(key);
        assertThat(rig.engine.verify(false).join().missing()).containsExactly("Artist/Album/01 Title a.flac");
        assertThat(rig.row(key).orElseThrow().status()).isEqualTo(Status.FAILED);
        assertThat(rig.engine.verify(true).join().repaired()).containsExactly("Artist/Album/01 Title a.flac: fetched again");
        assertThat(rig.await(key, Status.COMPLETED).path()).contains(file);
        assertThat(rig.engine.verify(false).join().missing()).isEmpty();

        Files.delete(file);
        missed(key);
        Files.write(file, bytes);
        assertThat(rig.engine.verify(true).join().repaired()).containsExactly("Artist/Album/01 Title a.flac: known again");
        assertThat(rig.row(key).orElseThrow().path()).contains(file);
        assertThat(rig.server.requests(Rig.path("a"))).hasSize(2);
    }

    @Test
    @DisplayName("edited: what somebody wrote there is not touched; the file that is fetched anew gets a name of its own")
    void edited() throws IOException {
        ItemKey key = served("a");
        Path file = kept(key);
        Files.writeString(file, "their tags, longer than ours were");
        Download row = missed(key);
        rig.engine.retry(java.util.List.of(row.id())).join();
        Download again = rig.await(key, Status.COMPLETED);
        assertThat(again.path().orElseThrow()).isNotEqualTo(file);
        assertThat(rig.bytes(again)).isEqualTo(TransferTest.music(5000, 1));
        assertThat(file).hasContent("their tags, longer than ours were");
    }

    @Test
    @DisplayName("of the same size and another date: the digest tells an edit from a copy")
    void redated() throws IOException {
        ItemKey key = served("a");
        Path file = kept(key);
        Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
        assertThat(files.find(key)).isPresent();
        Rig.await(() -> modified(key) == LONG_AGO.toEpochMilli(), () -> "its date is " + modified(key));
        assertThat(rig.row(key).orElseThrow().status()).isEqualTo(Status.COMPLETED);

        byte[] retagged = Files.readAllBytes(file);
        retagged[17] ^= 1;
        Files.write(file, retagged);
        files.find(key);
        rig.await(key, Status.FAILED);
        missed(key);
        assertThat(Files.readAllBytes(file)).isEqualTo(retagged);
    }

    private long modified(ItemKey key) {
        return rig.database.readNow(sql -> sql.select(MEDIA_FILE.MODIFIED_AT).from(MEDIA_FILE).where(MEDIA_FILE.ITEM_ID.eq(key.id()))
                .fetchSingle(MEDIA_FILE.MODIFIED_AT));
    }

    @Test
    @DisplayName("what was only cached goes from the list without a word, and what lies there now stays")
    void cached() throws IOException {
        ItemKey key = served("a");
        rig.engine.enqueue(java.util.List.of(key), Download.Origin.QUEUE, 0, "original").join();
        rig.server.file("/Items/a/File", Version.of(TransferTest.music(5000, 1), LONG_AGO));
        Path file = rig.await(key, Status.COMPLETED).path().orElseThrow();
        Files.writeString(file, "another's");
        assertThat(files.find(key)).isEmpty();
        Rig.await(() -> rig.row(key).isEmpty(), () -> rig.row(key).toString());
        assertThat(rig.events.stream().filter(e -> e.kind() == DownloadEvent.Kind.FAILED)).isEmpty();
        Rig.await(() -> rig.engine.activity().completed() == 0, () -> rig.engine.activity().toString());
        rig.restart();
        assertThat(file).hasContent("another's");
    }

    @Test
    @DisplayName("a crash between the file's row and the download's is made good at the next start")
    void crashInBetween() throws IOException {
        ItemKey key = served("a");
        Files.delete(kept(key));
        rig.database.write(Durability.KEPT, Lane.USER, sql -> sql.deleteFrom(MEDIA_FILE).execute()).join();
        rig.restart();
        missed(key);
        assertThat(rig.engine.enqueue(java.util.List.of(key), Download.Origin.USER, 0, "original").join()).hasSize(1);
        rig.await(key, Status.COMPLETED);
    }

    @Test
    @DisplayName("heard again it is fetched as it plays, and is kept again")
    void heardAgain() throws IOException {
        ItemKey key = served("a");
        rig.server.file("/Items/a/File", Version.of(TransferTest.music(5000, 1), LONG_AGO));
        Files.delete(kept(key));
        missed(key);
        try (var source = rig.engine.growingFiles().open(key).orElseThrow().file()) {
            assertThat(source.length()).isEqualTo(5000);
        }
        rig.await(key, Status.COMPLETED);
        assertThat(files.find(key)).isPresent();
    }
}
