package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.TRACK;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.selectOne;

import app.waxwing.server.RemoteTrack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// After a pass whose lists stay shorter than the server's count, however often they are read: the count may include what is left out of them at the
/// same place each time. A track that the server gives by its id counts as met, and so does an album that has tracks here.
final class Overlooked {
    private static final Logger LOG = LoggerFactory.getLogger(Overlooked.class);
    private final SyncContext context;

    Overlooked(SyncContext context) {
        this.context = context;
    }

    /// Before anything of this pass is taken for moved or gone.
    void tracks(long pass, List<Optional<String>> folders) {
        for (String folder : tooShort("tracks", pass, folders)) {
            Map<String, Long> missed = context.read(sql -> sql.select(TRACK.ITEM_ID, TRACK.ID).from(TRACK)
                    .where(TRACK.ACCOUNT_ID.eq(context.account()), TRACK.GONE_AT.isNull(), TRACK.FOLDER_ITEM_ID.eq(folder),
                            TRACK.SEEN_PASS.lt(pass))
                    .fetchMap(TRACK.ITEM_ID, TRACK.ID));
            List<String> ids = List.copyOf(missed.keySet());
            for (int from = 0; from < ids.size(); from += Tables.MANY) {
                GiveWay.to(context.traffic(), context.time(), context::check);
                Set<String> given = context.server().tracks(ids.subList(from, Math.min(ids.size(), from + Tables.MANY))).stream()
                        .map(RemoteTrack::id).filter(missed::containsKey).collect(Collectors.toSet());
                if (given.isEmpty()) continue;
                LOG.info("account {}: {} tracks are in no list of the server and still given by it", context.account(), given.size());
                met(given.stream().map(missed::get).toList(), "tracks/" + folder, pass);
            }
        }
    }

    void albums(long pass, List<Optional<String>> folders) {
        Condition hasTracks = exists(selectOne().from(TRACK).where(TRACK.ACCOUNT_ID.eq(ALBUM.ACCOUNT_ID),
                TRACK.ALBUM_ITEM_ID.eq(ALBUM.ITEM_ID), TRACK.GONE_AT.isNull()));
        for (String folder : tooShort("albums", pass, folders)) {
            List<Long> missed = context.read(sql -> sql.select(ALBUM.ID).from(ALBUM).where(ALBUM.ACCOUNT_ID.eq(context.account()),
                    ALBUM.GONE_AT.isNull(), ALBUM.FOLDER_ITEM_ID.eq(folder), ALBUM.SEEN_PASS.lt(pass), hasTracks).fetch(ALBUM.ID));
            GoneRows.pieces(missed, chunk -> context.write(
                    sql -> sql.update(ALBUM).set(ALBUM.SEEN_PASS, pass).where(ALBUM.ID.in(chunk)).execute()));
        }
    }

    private List<String> tooShort(String kind, long pass, List<Optional<String>> folders) {
        return folders.stream().map(f -> f.orElse("")).filter(f -> context.load(kind + "/" + f, pass).shortOfTotal()).toList();
    }

    /// They count as seen in the same transaction, so that the server's count fits.
    private void met(List<Long> rows, String scope, long pass) {
        GoneRows.pieces(rows, chunk -> context.write(sql -> {
            int seen = sql.update(TRACK).set(TRACK.SEEN_PASS, pass).where(TRACK.ID.in(chunk)).execute();
            SyncStep step = SyncStep.load(sql, context.account(), scope).orElseThrow();
            return step.met(seen).save(sql, context.account(), context.time().now());
        }));
    }
}
