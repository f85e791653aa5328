package samovar.jvm.hub;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import samovar.hub.HubException;

/**
 * Where an upstream may send this machine: to web addresses, from https never to http, and from a Hub on the public network never
 * to an address of the inner one, which strangers cannot reach but this machine can.
 */
final class RedirectRule {
    private RedirectRule() {}

    /**
     * The address that an answer redirects to.
     *
     * @param hub the Hub's own address
     * @param at the address that answered
     * @throws HubException UNAVAILABLE if it may not be followed
     */
    static URI target(HttpResponse<?> response, URI hub, URI at, String subject) {
        String location = response.headers().firstValue("location").orElse("");
        URI target = resolve(at, location);
        if (target == null || !isWeb(target, at)) {
            throw new HubException(
                    HubException.Kind.UNAVAILABLE,
                    subject,
                    at + " redirects to '" + location + "', which is no address to follow");
        }
        if (leadsInside(hub.getHost(), target.getHost())) {
            throw new HubException(
                    HubException.Kind.UNAVAILABLE,
                    subject,
                    at + " redirects to '" + location
                            + "', an address of this machine's own network, which a public Hub"
                            + " has no business with");
        }
        return target;
    }

    private static URI resolve(URI at, String location) {
        try {
            return location.isEmpty() ? null : at.resolve(location);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isWeb(URI target, URI at) {
        boolean downgraded = "http".equals(target.getScheme()) && !"http".equals(at.getScheme());
        boolean web = "https".equals(target.getScheme()) || "http".equals(target.getScheme());
        return target.getHost() != null && web && !downgraded;
    }

    /** Whether the target is an inner address and the Hub is not: a Hub in the same house may send to its neighbours. */
    static boolean leadsInside(String hub, String target) {
        return !hub.equals(target) && isInner(target) && !isInner(hub);
    }

    private static boolean isInner(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (isInner(address)) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException e) {
            // The request itself will fail, and say so.
            return false;
        }
    }

    private static boolean isInner(InetAddress address) {
        boolean uniqueLocal = address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
        return uniqueLocal
                || address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress();
    }
}
