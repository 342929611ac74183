package app.waxwing.kit;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/// Every icon of the window, named by what it means. One pack: Bootstrap Icons.
public enum Icon {
    HOME(BootstrapIcons.HOUSE_DOOR), ALBUMS(BootstrapIcons.DISC), ARTISTS(BootstrapIcons.PERSON), TRACKS(BootstrapIcons.MUSIC_NOTE_BEAMED),
    GENRES(BootstrapIcons.TAGS), PLAYLISTS(BootstrapIcons.MUSIC_NOTE_LIST), FAVOURITE(BootstrapIcons.HEART),
    FAVOURITE_ON(BootstrapIcons.HEART_FILL), DOWNLOADS(BootstrapIcons.DOWNLOAD), SETTINGS(BootstrapIcons.SLIDERS),
    BACK(BootstrapIcons.CHEVRON_LEFT), FORWARD(BootstrapIcons.CHEVRON_RIGHT), DOWN(BootstrapIcons.CHEVRON_DOWN),
    SEARCH(BootstrapIcons.SEARCH), PLAY(BootstrapIcons.PLAY_FILL), PAUSE(BootstrapIcons.PAUSE_FILL), STOP(BootstrapIcons.STOP_FILL),
    NEXT(BootstrapIcons.SKIP_END_FILL), PREVIOUS(BootstrapIcons.SKIP_START_FILL), SHUFFLE(BootstrapIcons.SHUFFLE),
    REPEAT(BootstrapIcons.ARROW_REPEAT), QUEUE(BootstrapIcons.LIST_UL), LYRICS(BootstrapIcons.TEXT_LEFT),
    DETAILS(BootstrapIcons.INFO_CIRCLE), VOLUME(BootstrapIcons.VOLUME_UP), VOLUME_LOW(BootstrapIcons.VOLUME_DOWN),
    MUTED(BootstrapIcons.VOLUME_MUTE), MORE(BootstrapIcons.THREE_DOTS), CLOSE(BootstrapIcons.X), ADD(BootstrapIcons.PLUS),
    MINUS(BootstrapIcons.DASH),
    PLAY_NEXT(BootstrapIcons.ARROW_RETURN_RIGHT), REMOVE(BootstrapIcons.X), DELETE(BootstrapIcons.TRASH), CHECK(BootstrapIcons.CHECK2),
    WARNING(BootstrapIcons.EXCLAMATION_TRIANGLE), FAILED(BootstrapIcons.EXCLAMATION_CIRCLE), THEME(BootstrapIcons.CIRCLE_HALF),
    OFFLINE(BootstrapIcons.WIFI_OFF), ONLINE(BootstrapIcons.WIFI), SERVER(BootstrapIcons.HDD_NETWORK),
    UNDO(BootstrapIcons.ARROW_COUNTERCLOCKWISE), RETRY(BootstrapIcons.ARROW_CLOCKWISE), FOLDER(BootstrapIcons.FOLDER2_OPEN),
    LOCK(BootstrapIcons.LOCK), UNLOCKED(BootstrapIcons.UNLOCK), SHIELD(BootstrapIcons.SHIELD_LOCK), KEY(BootstrapIcons.KEY),
    GRIP(BootstrapIcons.GRIP_VERTICAL), SORT_UP(BootstrapIcons.ARROW_UP), SORT_DOWN(BootstrapIcons.ARROW_DOWN),
    SIDEBAR(BootstrapIcons.LAYOUT_SIDEBAR), COPY(BootstrapIcons.CLIPBOARD), FILTER(BootstrapIcons.FUNNEL), EDIT(BootstrapIcons.PENCIL),
    SYNC(BootstrapIcons.ARROW_CLOCKWISE), HISTORY(BootstrapIcons.CLOCK_HISTORY), PLAYABLE(BootstrapIcons.LIGHTNING_CHARGE_FILL),
    COLUMNS(BootstrapIcons.LAYOUT_THREE_COLUMNS), COMMAND(BootstrapIcons.TERMINAL), PERSON(BootstrapIcons.PERSON_CIRCLE),
    ADDRESS(BootstrapIcons.GLOBE), DISC_BIG(BootstrapIcons.VINYL), CLEAR(BootstrapIcons.X_CIRCLE), DISK(BootstrapIcons.HDD),
    SOUND(BootstrapIcons.SPEAKER), LIMITS(BootstrapIcons.SPEEDOMETER2), CLOUD(BootstrapIcons.CLOUD),
    SIGN_OUT(BootstrapIcons.BOX_ARROW_RIGHT), RADIO(BootstrapIcons.BROADCAST);

    final Ikon ikon;

    Icon(Ikon ikon) {
        this.ikon = ikon;
    }
}
