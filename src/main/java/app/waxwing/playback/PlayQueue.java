package app.waxwing.playback;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Track;
import app.waxwing.playback.Player.Repeat;
import app.waxwing.playback.PlayerState.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// What will be played, and in which order. Immutable and pure: every change gives another queue. Entries keep their number for as long as they
/// are in the queue, so one track may stand in it twice. Indices are those of the listed order; shuffling adds a playing order beside it and
/// leaves the list as it was.
public final class PlayQueue {
    /// An empty queue, in listed order, without repeat.
    public static final PlayQueue EMPTY = new PlayQueue(List.of(), Order.listed(0), false, -1, Repeat.OFF, 1, "");

    private final List<Entry> entries;
    private final Order order;
    private final boolean shuffled;
    private final int index;
    private final Repeat repeat;
    private final long nextEntry;
    private final String title;
    private final List<Integer> upcoming;

    private PlayQueue(List<Entry> entries, Order order, boolean shuffled, int index, Repeat repeat, long nextEntry, String title) {
        if (index < -1 || index >= entries.size()) throw new IllegalArgumentException("index " + index + " of " + entries.size());
        this.entries = entries;
        this.order = order;
        this.shuffled = shuffled;
        this.index = index;
        this.repeat = repeat;
        this.nextEntry = nextEntry;
        this.title = title;
        upcoming = order.upcoming(index < 0 ? 0 : order.turnOf(index) + 1, repeat == Repeat.ALL && index >= 0);
    }

    /// As it was saved. Entries that could not be found again are simply not given; an order that does not fit them is made anew from the seed.
    static PlayQueue restored(List<Entry> entries, OptionalLong current, boolean shuffled, List<Long> playingOrder, Repeat repeat,
            String title,
            long seed) {
        int index = -1;
        long next = 1;
        var indexOf = new HashMap<Long, Integer>();
        for (int i = 0; i < entries.size(); i++) {
            long number = entries.get(i).entry();
            indexOf.put(number, i);
            if (current.isPresent() && current.getAsLong() == number) index = i;
            next = Math.max(next, number + 1);
        }
        Order order = Order.listed(entries.size());
        if (shuffled && !entries.isEmpty()) {
            int[] turns = playingOrder.stream().map(indexOf::get).filter(Objects::nonNull).mapToInt(i -> i).distinct().toArray();
            order = turns.length == entries.size() ? Order.of(turns) : Order.shuffled(entries.size(), index, seed);
        }
        return new PlayQueue(List.copyOf(entries), order, shuffled, index, repeat, next, title);
    }

    /// In listed order; unmodifiable.
    public List<Entry> entries() {
        return entries;
    }

    public int size() {
        return entries.size();
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /// Listed index of the current entry, -1 for none.
    public int index() {
        return index;
    }

    public boolean isShuffled() {
        return shuffled;
    }

    public Repeat repeat() {
        return repeat;
    }

    /// What it was made from, such as an album's title.
    public String title() {
        return title;
    }

    public Optional<Entry> current() {
        return index < 0 ? Optional.empty() : Optional.of(entries.get(index));
    }

    /// Listed indices in playing order after the current one; with [Repeat#ALL] on around to the one before it. An unmodifiable view.
    public List<Integer> upcoming() {
        return upcoming;
    }

    /// The index that plays when the current entry has ended by itself, -1 when it is over.
    public int following() {
        return repeat == Repeat.ONE && index >= 0 ? index : after();
    }

    /// The index that «next» goes to, -1 when there is none. Repeating one track does not hold back who asks for the next.
    public int after() {
        return neighbour(1);
    }

    /// The index that «previous» goes to; the current one where nothing came before.
    public int before() {
        if (index < 0) return isEmpty() ? -1 : order.at(0);
        int before = neighbour(-1);
        return before < 0 ? index : before;
    }

    /// The index that plays first.
    public int first() {
        return isEmpty() ? -1 : order.at(0);
    }

    private int neighbour(int step) {
        if (isEmpty()) return -1;
        if (index < 0) return order.at(0);
        int turn = order.turnOf(index) + step;
        if (turn >= 0 && turn < size()) return order.at(turn);
        return repeat == Repeat.ALL ? order.at(Math.floorMod(turn, size())) : -1;
    }

    /// The entry that comes before or after another in playing order, without going around: for what depends on neighbours.
    Optional<Entry> beside(int at, int step) {
        int turn = order.turnOf(at) + step;
        return turn < 0 || turn >= size() ? Optional.empty() : Optional.of(entries.get(order.at(turn)));
    }

    /// Where an entry stands, -1 when it is not here.
    int indexOf(long entry) {
        if (index >= 0 && entries.get(index).entry() == entry) return index;
        for (int i = 0; i < entries.size(); i++) if (entries.get(i).entry() == entry) return i;
        return -1;
    }

    public PlayQueue at(int index) {
        return index == this.index ? this : new PlayQueue(entries, order, shuffled, index, repeat, nextEntry, title);
    }

    public PlayQueue repeat(Repeat repeat) {
        return repeat == this.repeat ? this : new PlayQueue(entries, order, shuffled, index, repeat, nextEntry, title);
    }

    /// Shuffled: the current entry stays and everything else comes after it. Off: as listed, the current entry stays.
    public PlayQueue shuffle(boolean on, long seed) {
        if (!on && !shuffled) return this;
        Order order = on ? Order.shuffled(size(), index, seed) : Order.listed(size());
        return new PlayQueue(entries, order, on, index, repeat, nextEntry, title);
    }

    /// Other tracks instead; shuffle and repeat stay as they are set.
    ///
    /// @param index where to begin; -1 for the first, or any when shuffled
    public PlayQueue replace(List<Track> tracks, int index, String title, long seed) {
        List<Entry> fresh = numbered(tracks, false);
        Order order = shuffled && !fresh.isEmpty() ? Order.shuffled(fresh.size(), index, seed) : Order.listed(fresh.size());
        int start = index >= 0 || fresh.isEmpty() ? index : order.at(0);
        return new PlayQueue(List.copyOf(fresh), order, shuffled, start, repeat, nextEntry + fresh.size(), title);
    }

    /// At the end, of the list and of the playing order; into an empty shuffled queue they come shuffled.
    public PlayQueue add(List<Track> tracks, long seed) {
        PlayQueue added = insert(tracks, size(), size());
        return shuffled && isEmpty() ? added.shuffle(true, seed) : added;
    }

    /// Right after the current entry, in the list and in playing order.
    public PlayQueue playNext(List<Track> tracks) {
        return insert(tracks, index + 1, index < 0 ? 0 : order.turnOf(index) + 1);
    }

    private PlayQueue insert(List<Track> tracks, int at, int turn) {
        if (tracks.isEmpty()) return this;
        var all = new ArrayList<Entry>(size() + tracks.size());
        all.addAll(entries.subList(0, at));
        all.addAll(numbered(tracks, true));
        all.addAll(entries.subList(at, size()));
        return new PlayQueue(List.copyOf(all), order.inserted(at, tracks.size(), turn), shuffled,
                index >= at ? index + tracks.size() : index, repeat, nextEntry + tracks.size(), title);
    }

    private List<Entry> numbered(List<Track> tracks, boolean byUser) {
        var fresh = new ArrayList<Entry>(tracks.size());
        for (Track track : tracks) fresh.add(new Entry(nextEntry + fresh.size(), track, byUser));
        return fresh;
    }

    /// Without these; indices that are not there are ignored. When the current entry goes, the one that would have followed takes its place;
    /// when nothing follows, there is no current entry.
    public PlayQueue remove(Collection<Integer> indices) {
        var gone = new boolean[size()];
        for (int i : indices) if (i >= 0 && i < size()) gone[i] = true;
        int[] shifted = new int[size()];
        var left = new ArrayList<Entry>(size());
        for (int i = 0; i < size(); i++) {
            shifted[i] = gone[i] ? -1 : left.size();
            if (!gone[i]) left.add(entries.get(i));
        }
        if (left.size() == size()) return this;
        int survivor = index;
        if (index >= 0 && gone[index]) {
            survivor = -1;
            for (int i : upcoming) {
                if (gone[i]) continue;
                survivor = i;
                break;
            }
        }
        return new PlayQueue(List.copyOf(left), order.kept(shifted, left.size()), shuffled,
                survivor < 0 ? -1 : shifted[survivor], repeat, nextEntry, left.isEmpty() ? "" : title);
    }

    /// The entry at `from` goes to `to`. When shuffled it also takes the turn of the entry that was there. Impossible indices change nothing.
    public PlayQueue move(int from, int to) {
        if (from == to || from < 0 || to < 0 || from >= size() || to >= size()) return this;
        Entry[] all = entries.toArray(new Entry[0]);
        Entry moved = all[from];
        if (from < to) System.arraycopy(all, from + 1, all, from, to - from);
        else System.arraycopy(all, to, all, to + 1, from - to);
        all[to] = moved;
        return new PlayQueue(List.of(all), order.moved(from, to), shuffled,
                index < 0 ? -1 : Order.movedIndex(index, from, to), repeat, nextEntry, title);
    }

    public PlayQueue clear() {
        return new PlayQueue(List.of(), Order.listed(0), shuffled, -1, repeat, nextEntry, "");
    }

    /// This queue taken out of the history in place of `now`: what plays goes on where it is part of both; numbers are never given twice.
    PlayQueue insteadOf(PlayQueue now) {
        int at = now.current().map(e -> indexOf(e.entry())).orElse(-1);
        return new PlayQueue(entries, order, shuffled, at >= 0 ? at : index, now.repeat, Math.max(nextEntry, now.nextEntry), title);
    }

    /// With newer rows of some tracks (a heart, a mark); the same entries in the same order.
    PlayQueue refreshed(Map<ItemKey, Track> tracks) {
        boolean changed = false;
        Entry[] all = entries.toArray(new Entry[0]);
        for (int i = 0; i < all.length; i++) {
            Track newer = tracks.get(all[i].track().key());
            if (newer == null || newer.equals(all[i].track())) continue;
            all[i] = new Entry(all[i].entry(), newer, all[i].byUser());
            changed = true;
        }
        return changed
                ? new PlayQueue(List.of(all), order, shuffled, index, repeat, nextEntry, title)
                : this;
    }

    /// True when both list the same entries in the same order: then the saved list needs no writing.
    boolean listsAs(PlayQueue other) {
        if (entries == other.entries) return true;
        if (size() != other.size()) return false;
        for (int i = 0; i < size(); i++) if (entries.get(i).entry() != other.entries.get(i).entry()) return false;
        return true;
    }

    /// True when both play in the same order.
    boolean ordersAs(PlayQueue other) {
        return order == other.order || order.isListed() && other.order.isListed();
    }

    /// The numbers of the entries in playing order; empty when that is the listed one.
    List<Long> playingOrder() {
        if (order.isListed()) return List.of();
        var numbers = new ArrayList<Long>(size());
        for (int turn = 0; turn < size(); turn++) numbers.add(entries.get(order.at(turn)).entry());
        return numbers;
    }
}
