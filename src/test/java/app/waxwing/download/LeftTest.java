package app.waxwing.download;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.PLAYLIST;
import static app.waxwing.store.schema.Tables.PLAYLIST_ITEM;
import static app.waxwing.store.schema.Tables.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Status;
import app.waxwing.download.KeepSet.Left;
import app.waxwing.server.ItemKind;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LeftTest extends OnKeepDesk {
    @Test
    @DisplayName("0.9 what leaves a kept playlist stays, is listed, and goes only by the user's word")
    void asked() {
        for (String id : List.of("a", "b", "c")) desk.track(id);
        ItemKey list = desk.playlist("p", "Road", "a", "b", "c");
        desk.keeps.keep(ItemKind.PLAYLIST, list, 0, "original").join();
        for (String id : List.of("a", "b", "c")) rig.await(desk.key(id), Status.COMPLETED);
        assertThat(desk.keeps.noLongerIn().join()).isEmpty();
        desk.playlist("p", "Road", "b");
        assertThat(desk.keeps.noLongerIn().join()).containsExactly(
                new Left(desk.key("a"), "Title a", "Artist", ItemKind.PLAYLIST, list, "Road", KeepDesk.SIZE),
                new Left(desk.key("c"), "Title c", "Artist", ItemKind.PLAYLIST, list, "Road", KeepDesk.SIZE));
        assertThat(rig.files()).hasSize(3);

        assertThat(desk.keeps.keepLeft(List.of(desk.key("a"), desk.key("b"))).join()).isEqualTo(1);
        assertThat(desk.keeps.removeLeft(List.of(desk.key("c"), desk.key("b"))).join()).isEqualTo(1);
        Rig.await(() -> rig.files().size() == 2, () -> rig.files().toString());
        assertThat(desk.keeps.noLongerIn().join()).isEmpty();
        desk.keeps.release(ItemKind.PLAYLIST, list).join();
        Rig.await(() -> rig.files().size() == 1, () -> rig.files().toString());
        assertThat(rig.files()).containsExactly("Artist/Album/01 Title a.flac");
    }

    @Test
    @DisplayName("0.9 a track that leaves one playlist and is kept for another is nobody's question; one that comes back neither")
    void notAsked() {
        desk.track("a");
        ItemKey one = desk.playlist("p1", "One", "a");
        ItemKey two = desk.playlist("p2", "Two", "a");
        desk.keeps.keep(ItemKind.PLAYLIST, one, 0, "original").join();
        desk.keeps.keep(ItemKind.PLAYLIST, two, 0, "original").join();
        rig.await(desk.key("a"), Status.COMPLETED);
        desk.playlist("p1", "One");
        assertThat(desk.keeps.noLongerIn().join()).isEmpty();
        desk.playlist("p2", "Two");
        assertThat(desk.keeps.noLongerIn().join()).extracting(Left::sourceTitle).containsExactly("One");
        desk.playlist("p2", "Two", "a");
        assertThat(desk.keeps.noLongerIn().join()).isEmpty();
        assertThat(desk.keeps.removeLeft(List.of(desk.key("a"))).join()).isZero();
        assertThat(rig.row(desk.key("a"))).isPresent();
    }

    @Test
    @DisplayName("a playlist that is gone, an album or artist that lost a track: asked about; entries never read, a track unknown here: not")
    void kinds() {
        for (String id : List.of("a", "b", "c", "d")) desk.track(id);
        ItemKey gone = desk.playlist("gone", "Gone", "a");
        ItemKey unread = desk.playlist("unread", "Unread", "b");
        ItemKey album = desk.collection("album", "c");
        ItemKey artist = desk.collection("artist", "d");
        desk.keeps.keep(ItemKind.PLAYLIST, gone, 0, "original").join();
        desk.keeps.keep(ItemKind.PLAYLIST, unread, 0, "original").join();
        desk.keeps.keep(ItemKind.ALBUM, album, 0, "original").join();
        desk.keeps.keep(ItemKind.ARTIST, artist, 0, "original").join();
        desk.credit("d", "artist");
        assertThat(desk.keeps.noLongerIn().join()).isEmpty();
        rig.database.write(Durability.SOON, Lane.USER, sql -> {
            sql.deleteFrom(PLAYLIST_ITEM).execute();
            sql.update(PLAYLIST).setNull(PLAYLIST.ITEMS_SYNCED_AT).where(PLAYLIST.ITEM_ID.eq("unread")).execute();
            sql.update(PLAYLIST).set(PLAYLIST.GONE_AT, 1L).where(PLAYLIST.ITEM_ID.eq("gone")).execute();
            return sql.update(TRACK).set(TRACK.GONE_AT, 1L).where(TRACK.ITEM_ID.eq("d")).execute()
                    + sql.update(TRACK).set(TRACK.ALBUM_ITEM_ID, "other").where(TRACK.ITEM_ID.eq("c")).execute();
        }).join();
        assertThat(desk.keeps.noLongerIn().join()).extracting(l -> l.kind() + " " + l.track().id())
                .containsExactlyInAnyOrder("PLAYLIST a", "ALBUM c", "ARTIST d");
        rig.database.write(Durability.SOON, Lane.USER, sql -> sql.deleteFrom(TRACK).where(TRACK.ITEM_ID.eq("c")).execute()).join();
        assertThat(desk.keeps.noLongerIn().join()).extracting(l -> l.track().id()).containsExactlyInAnyOrder("a", "d");
    }

    @Test
    @DisplayName("0.13, 4.5 what keeps files here, and what left its collection, is told of the active accounts only")
    void ofActiveAccounts() {
        desk.track("a");
        ItemKey list = desk.playlist("p", "Road", "a");
        desk.keeps.keep(ItemKind.PLAYLIST, list, 0, "original").join();
        rig.await(desk.key("a"), Status.COMPLETED);
        desk.playlist("p", "Road");
        active(false);
        assertThat(desk.keeps.noLongerIn().join()).isEmpty();
        assertThat(desk.keeps.sources().join()).isEmpty();
        assertThat(rig.engine.stored().join()).as("the room it takes is told").hasSize(1);
        active(true);
        assertThat(desk.keeps.noLongerIn().join()).hasSize(1);
        assertThat(desk.keeps.sources().join()).hasSize(1);
    }

    private void active(boolean active) {
        rig.database.write(Durability.SOON, Lane.USER, sql -> sql.update(ACCOUNT).set(ACCOUNT.IS_ACTIVE, active).execute()).join();
    }
}
