package app.waxwing.playback.ui;

import app.waxwing.kit.CoverView;
import app.waxwing.kit.Desk;
import app.waxwing.kit.EmptyState;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Texts;
import app.waxwing.library.Track;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The details panel: everything that is known about what plays, how it is decoded and where it is.
public final class DetailsView extends StackPane {
    /// A line of the panel.
    record Fact(String name, String value) {}

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH);
    private final NowViewModel now;
    private final Desk desk;
    private final InstantSource clock;
    private final CoverView cover;
    private final VBox facts = new VBox();
    private final Label title = new Label();
    private final Label artist = new Label();
    private final ScrollPane scroll;
    private final EmptyState empty = new EmptyState(Icon.DETAILS, Texts.of("details.nothing"), Texts.of("details.nothing.help"));

    public DetailsView(NowViewModel now, Desk desk, InstantSource clock) {
        this.now = now;
        this.desk = desk;
        this.clock = clock;
        getStyleClass().add("details");
        cover = new CoverView(desk.covers(), 272, 12);
        title.getStyleClass().add("section-title");
        title.setWrapText(true);
        artist.getStyleClass().add("secondary");
        artist.setWrapText(true);
        facts.getStyleClass().add("facts");
        var box = new VBox(cover, title, artist, facts);
        box.getStyleClass().add("details-box");
        scroll = new ScrollPane(box);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        now.trackProperty().subscribe(_ -> show());
        now.stateProperty().subscribe(_ -> show());
    }

    private void show() {
        Optional<Track> track = now.trackProperty().get();
        if (track.isEmpty()) {
            getChildren().setAll(empty);
            return;
        }
        Track t = track.get();
        cover.show(t.cover(), t.album());
        title.setText(t.title());
        artist.setText(t.artist());
        facts.getChildren().setAll(facts(t).stream().map(DetailsView::line).toList());
        getChildren().setAll(scroll);
    }

    List<Fact> facts(Track t) {
        var list = new ArrayList<Fact>();
        add(list, "album", t.album());
        if (!t.albumArtist().equals(t.artist())) add(list, "albumartist", t.albumArtist());
        t.year().ifPresent(y -> add(list, "year", String.valueOf(y)));
        add(list, "genres", String.join(", ", t.genres()));
        t.number().ifPresent(n -> add(list, "place",
                t.disc().orElse(1) > 1 ? Texts.of("details.place.disc", t.disc().getAsInt(), n) : Texts.of("details.place.track", n)));
        t.duration().ifPresent(d -> add(list, "length", Formats.time(d)));
        t.container().ifPresent(c -> add(list, "format", c.toUpperCase(Locale.ROOT) + bitrate(t)));
        t.size().ifPresent(s -> add(list, "size", Formats.bytes(s)));
        String gain = t.gainDb().isPresent() ? Texts.of("details.loudness.track", signed(t.gainDb().getAsDouble())) : "";
        String albumGain = t.albumGainDb().isPresent() ? Texts.of("details.loudness.album", signed(t.albumGainDb().getAsDouble())) : "";
        add(list, "loudness", gain.isEmpty() || albumGain.isEmpty() ? gain + albumGain : gain + ", " + albumGain);
        add(list, "where", Texts.of("where." + t.availability().name().toLowerCase(Locale.ROOT)));
        now.stateProperty().get().source().ifPresent(s -> add(list, "source", Texts.of("details.source." + NowViewModel.word(s))));
        add(list, "decoder", now.stateProperty().get().decoder());
        add(list, "plays", Formats.count(t.playCount()));
        t.lastPlayed().ifPresent(when -> add(list, "last", ago(when)));
        t.problem().ifPresent(p -> add(list, "problem", p));
        add(list, "id", t.key().id());
        return list;
    }

    private String ago(java.time.Instant when) {
        Duration since = Duration.between(when, clock.instant());
        return since.toHours() < 1 && !since.isNegative()
                ? since.toMinutes() + " min"
                : WHEN.format(when.atZone(ZoneId.systemDefault()));
    }

    private static String bitrate(Track t) {
        if (t.size().isEmpty() || t.duration().isEmpty() || t.duration().get().toMillis() <= 0) return "";
        return ", " + Formats.count(t.size().getAsLong() * 8 / t.duration().get().toMillis()) + " kb/s";
    }

    private static String signed(double db) {
        return String.format(Locale.ROOT, "%+.1f", db).replace('-', '−');
    }

    private static void add(List<Fact> list, String key, String value) {
        if (!value.isBlank()) list.add(new Fact(Texts.of("details." + key), value));
    }

    private static VBox line(Fact fact) {
        var name = new Label(fact.name());
        name.getStyleClass().add("fact-name");
        var value = new Label(fact.value());
        value.setWrapText(true);
        value.getStyleClass().addAll("fact-value", "figures");
        return new VBox(1, name, value);
    }
}
