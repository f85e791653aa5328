package samovar.jvm.hub;

import java.util.List;
import java.util.Optional;

/** Reads {@code Link: <address>; rel="next"}, RFC 8288, as far as the Hub writes it. */
final class LinkHeader {
    private LinkHeader() {}

    /** The address of the next page, as it stands there. */
    static Optional<String> next(List<String> headers) {
        for (String header : headers) {
            for (int open = header.indexOf('<'); open >= 0; open = header.indexOf('<', open + 1)) {
                int close = header.indexOf('>', open);
                if (close < 0) {
                    break;
                }
                int end = header.indexOf('<', close);
                String parameters = header.substring(close + 1, end < 0 ? header.length() : end);
                if (isNext(parameters)) {
                    return Optional.of(header.substring(open + 1, close));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isNext(String parameters) {
        for (String parameter : parameters.split("[;,]", -1)) {
            String bare = parameter.replace("\"", "").replace(" ", "");
            if (bare.equalsIgnoreCase("rel=next")) {
                return true;
            }
        }
        return false;
    }
}
