package samovar.server.mirror;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Links to further pages of an answer, on this server as the client calls it. */
final class OwnLinks {
    private OwnLinks() {}

    /** Leads to the same address with one parameter set. */
    static void next(Context context, String name, String value) {
        StringJoiner query = new StringJoiner("&");
        for (Map.Entry<String, List<String>> parameter : context.queryParamMap().entrySet()) {
            if (!parameter.getKey().equals(name)) {
                parameter.getValue().forEach(each -> query.add(pair(parameter.getKey(), each)));
            }
        }
        query.add(pair(name, value));
        nextQuery(context, query.toString());
    }

    /** Leads to the same path with this query, percent-encoded. */
    static void nextQuery(Context context, String query) {
        String host = context.header("Host");
        // Without a name to call this server by, the address is relative, as RFC 8288 allows.
        String origin = host == null ? "" : context.scheme() + "://" + host;
        context.header("Link", "<" + origin + context.req().getRequestURI() + "?" + query + ">; rel=\"next\"");
    }

    static String pair(String name, String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
