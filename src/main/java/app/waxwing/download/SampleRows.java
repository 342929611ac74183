package app.waxwing.download;

import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.TRACK;

import app.waxwing.download.DownloadEngine.Sample;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/// What music takes on this computer, by the newest finished files.
record SampleRows(Rows rows) {
    private static final int ENOUGH = 200;

    CompletableFuture<List<Sample>> newest() {
        return rows.read(sql -> sql.select(MEDIA_FILE.QUALITY, MEDIA_FILE.SIZE, TRACK.CONTAINER, TRACK.DURATION_MS).from(MEDIA_FILE)
                .crossJoin(TRACK).where(MEDIA_FILE.ID.gt(0L)) // along the key
                .and(TRACK.ACCOUNT_ID.eq(MEDIA_FILE.ACCOUNT_ID)).and(TRACK.ITEM_ID.eq(MEDIA_FILE.ITEM_ID))
                .and(TRACK.DURATION_MS.gt(0L)).orderBy(MEDIA_FILE.ID.desc()).limit(ENOUGH)
                .fetch(r -> new Sample(
                        Measure.of(r.value1(), Optional.ofNullable(r.value3()), OptionalLong.of(r.value4())), r.value2())));
    }
}
