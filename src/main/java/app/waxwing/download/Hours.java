package app.waxwing.download;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Hours of the local day, from `from` up to but without `to`; across midnight where `to` is the earlier one. What the clock on the wall shows is
/// what counts: an hour that a change of clocks leaves out does not happen, one that comes twice counts twice. Pure.
public record Hours(LocalTime from, LocalTime to) {
    private static final Pattern FORM = Pattern.compile("([01]?\\d|2[0-3]):([0-5]\\d)\\s*[-–]\\s*([01]?\\d|2[0-3]):([0-5]\\d)");
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("HH:mm");
    private static final int DAYS_AHEAD = 3;

    public Hours {
        if (from.equals(to)) throw new IllegalArgumentException("hours from " + from + " to the same time");
    }

    /// `01:00-07:00`, or empty when it is not that.
    public static Optional<Hours> parse(String text) {
        Matcher m = FORM.matcher(text.strip());
        if (!m.matches()) return Optional.empty();
        LocalTime from = LocalTime.of(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
        LocalTime to = LocalTime.of(Integer.parseInt(m.group(3)), Integer.parseInt(m.group(4)));
        return from.equals(to) ? Optional.empty() : Optional.of(new Hours(from, to));
    }

    /// As [#parse] takes it.
    public String text() {
        return SHORT.format(from) + "-" + SHORT.format(to);
    }

    public boolean open(Instant at, ZoneId zone) {
        LocalTime time = LocalTime.ofInstant(at, zone);
        boolean begun = !time.isBefore(from);
        boolean over = !time.isBefore(to);
        return from.isBefore(to) ? begun && !over : begun || !over;
    }

    /// The next moment after `at` at which they begin or end.
    public Instant nextChange(Instant at, ZoneId zone) {
        boolean now = open(at, zone);
        TreeSet<Instant> moments = new TreeSet<>();
        LocalDate today = LocalDate.ofInstant(at, zone);
        for (int day = -1; day <= DAYS_AHEAD; day++) {
            for (LocalTime time : new LocalTime[]{from, to}) {
                LocalDateTime local = today.plusDays(day).atTime(time);
                // None in a gap, two where the clock is put back.
                for (ZoneOffset offset : zone.getRules().getValidOffsets(local)) moments.add(local.toInstant(offset));
            }
        }
        ZoneOffsetTransition change = zone.getRules().nextTransition(at);
        if (change != null) moments.add(change.getInstant());
        for (Instant moment : moments.tailSet(at, false)) if (open(moment, zone) != now) return moment;
        // Only where the clocks skip these hours for days on end; then look again tomorrow.
        return at.plusSeconds(86_400);
    }
}
