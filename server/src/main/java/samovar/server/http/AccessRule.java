package samovar.server.http;

import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import samovar.wire.ErrorBody;

/**
 * Who may use the API: a holder of the key; the page that this server serves; and, where no key is set, a program. Pages of
 * other origins may not, whether they ask from their own origin (Origin, Sec-Fetch-Site) or have their name point at this machine
 * (DNS rebinding: Host).
 *
 * <p>An address as Host cannot be rebound, so only names are checked: localhost, and the name that the server was told to listen on.
 */
public final class AccessRule {
    private final String ownName;
    private final Optional<String> apiKey;
    private final Optional<String> ownersToken;

    /**
     * @param ownName the host that the server listens on, as it was configured
     * @param ownersToken the access token that the server has for the Hub: whoever sends the same is its owner
     */
    public AccessRule(String ownName, Optional<String> apiKey, Optional<String> ownersToken) {
        this.ownName = ownName.toLowerCase(Locale.ROOT);
        this.apiKey = apiKey;
        this.ownersToken = ownersToken.map(String::strip).filter(token -> !token.isEmpty());
    }

    /**
     * @throws HttpFault 401 or 403 if the request may not use the API
     */
    public void check(Context request) {
        if (apiKey.isPresent() && holdsKey(request.header("Authorization"))) {
            return;
        }
        String authority = request.header("Host");
        String host = hostOf(authority);
        if (!isOwnName(host)) {
            throw forbidden("The Host '" + host
                    + "' is not a name of this server. Use localhost, its address, or start it with --host " + host);
        }
        String origin = request.header("Origin");
        String site = request.header("Sec-Fetch-Site");
        boolean ownPage =
                "same-origin".equals(site) || isSame(origin, authority) || isSame(request.header("Referer"), authority);
        if (origin != null && !isSame(origin, authority)) {
            throw forbidden("Pages of the origin '" + origin
                    + "' may not use this API; the server's own page and programs may.");
        }
        if (site != null && !ownPage && !site.equals("none")) {
            throw forbidden("Pages of other sites may not use this API; the server's own page and programs may.");
        }
        if (apiKey.isPresent() && !ownPage) {
            throw new HttpFault(
                            401,
                            new ErrorBody(
                                    "This server wants an API key: send 'Authorization: Bearer …' with the one it was started with (--api-key).",
                                    ErrorBody.AUTHENTICATION,
                                    null,
                                    "invalid_api_key"))
                    .header("WWW-Authenticate", "Bearer");
        }
    }

    /** Whether a page that is not this server's own asks, without the key; it may be told what anybody may be told. */
    public boolean isForeignPage(Context request) {
        if (apiKey.isPresent() && holdsKey(request.header("Authorization"))) {
            return false;
        }
        String origin = request.header("Origin");
        String site = request.header("Sec-Fetch-Site");
        boolean foreignSite = site != null && !site.equals("same-origin") && !site.equals("none");
        return foreignSite || (origin != null && !isSame(origin, request.header("Host")));
    }

    /**
     * Whether the request may have what the owner's token opens: it carries the API key, or that token itself. Being the server's own page,
     * or coming from this machine, is not enough.
     */
    public boolean holdsOwnersKey(Context request) {
        String authorization = request.header("Authorization");
        return apiKey.filter(key -> isBearer(authorization, key)).isPresent()
                || ownersToken.filter(token -> isBearer(authorization, token)).isPresent();
    }

    private boolean holdsKey(String authorization) {
        return isBearer(authorization, apiKey.orElseThrow());
    }

    private static boolean isBearer(String authorization, String secret) {
        String scheme = "Bearer ";
        if (authorization == null || !authorization.regionMatches(true, 0, scheme, 0, scheme.length())) {
            return false;
        }
        byte[] given = authorization.substring(scheme.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, secret.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isOwnName(String host) {
        return host.equals("localhost") || host.endsWith(".localhost") || host.equals(ownName) || isAddress(host);
    }

    private static boolean isAddress(String host) {
        if (host.startsWith("[") && host.endsWith("]")) {
            return true;
        }
        int dots = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            dots += c == '.' ? 1 : 0;
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return dots == 3;
    }

    private static String hostOf(String authority) {
        if (authority == null) {
            return "";
        }
        int port = authority.lastIndexOf(':');
        boolean hasPort = port > authority.lastIndexOf(']');
        return (hasPort ? authority.substring(0, port) : authority).toLowerCase(Locale.ROOT);
    }

    /** Whether an Origin or Referer is the page's own: whatever the scheme, since a proxy may add TLS. */
    private static boolean isSame(String origin, String authority) {
        if (origin == null || authority == null) {
            return false;
        }
        try {
            URI uri = URI.create(origin);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && authority.equalsIgnoreCase(uri.getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static HttpFault forbidden(String message) {
        return new HttpFault(403, new ErrorBody(message, ErrorBody.PERMISSION, null, "forbidden_origin"));
    }
}
