package app.waxwing.desktop;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tells a mobile or tethered link from an ordinary one by what interfaces are called and which addresses phones give out. Pure.
final class Links {
    /// Made by programs on this computer: they say nothing of what carries the bytes.
    private static final Pattern INNER = Pattern.compile("(lo|tun|tap|wg|docker|veth|br-|virbr|vmnet|vboxnet|cni|flannel|utun|awdl|llw).*");
    private static final Pattern MOBILE = Pattern.compile("(wwan|wwp|ppp|rmnet|ccmni|usb|rndis|bnep|pdp_ip).*");
    /// What phones give out as hotspots, by cable and by Bluetooth: iPhone, Android, Windows.
    private static final List<String> HOTSPOTS = List.of("172.20.10.", "192.168.43.", "192.168.42.", "192.168.44.", "192.168.49.");

    private Links() {}

    /// One address of one interface that is up.
    record Address(String link, InetAddress address) {}

    /// The mobile link that carries the bytes, by a name that stays; empty when an ordinary link is there too, or none at all.
    static Optional<String> mobile(List<Address> addresses) {
        Optional<String> mobile = Optional.empty();
        for (Address a : addresses) {
            String link = a.link().toLowerCase(Locale.ROOT);
            if (INNER.matcher(link).matches() || a.address().isLoopbackAddress() || a.address().isLinkLocalAddress()) continue;
            String ip = a.address().getHostAddress();
            Optional<String> hotspot = HOTSPOTS.stream().filter(ip::startsWith).findFirst();
            if (hotspot.isPresent()) mobile = Optional.of(a.link() + " " + hotspot.get() + "x");
            else if (MOBILE.matcher(link).matches()) mobile = mobile.or(() -> Optional.of(a.link()));
            else if (!sharesLink(a, addresses)) return Optional.empty();
        }
        return mobile;
    }

    /// An IPv6 address on a link that a hotspot's IPv4 address is on too says nothing of its own.
    private static boolean sharesLink(Address a, List<Address> all) {
        return all.stream()
                .anyMatch(o -> o.link().equals(a.link()) && HOTSPOTS.stream().anyMatch(o.address().getHostAddress()::startsWith));
    }
}
