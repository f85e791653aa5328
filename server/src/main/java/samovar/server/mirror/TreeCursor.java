package samovar.server.mirror;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import samovar.hub.HubException;
import samovar.hub.Revision;

/**
 * Where a page of a tree begins: the commit, so that all pages are of one, and how many entries went before.
 *
 * @param limit entries of a page
 */
record TreeCursor(Revision revision, int skipped, int limit) {
    /** What the Hub gives at once. */
    private static final int MOST = 1000;

    /**
     * @throws HubException INVALID if the limit is no number, or the cursor none of ours
     */
    static TreeCursor of(Context context) {
        int limit = limit(context.queryParam("limit"));
        String cursor = context.queryParam("cursor");
        return cursor == null ? new TreeCursor(Admission.revision(context), 0, limit) : decoded(cursor, limit);
    }

    /** Up to the most that is given at once. */
    static int limit(String text) {
        return limit(text, MOST);
    }

    static int limit(String text, int most) {
        if (text == null || text.isEmpty()) {
            return most;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                throw new HubException(
                        HubException.Kind.INVALID, "limit", "limit: '" + text + "' is no number; 1 to " + most);
            }
        }
        return text.length() > 6 ? most : Math.max(1, Math.min(most, Integer.parseInt(text)));
    }

    private static TreeCursor decoded(String cursor, int limit) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            int space = text.indexOf(' ');
            Revision commit = new Revision(text.substring(0, Math.max(0, space)));
            int skipped = Integer.parseInt(text.substring(space + 1));
            if (commit.isCommit() && skipped >= 0) {
                return new TreeCursor(commit, skipped, limit);
            }
        } catch (IllegalArgumentException | HubException notOurs) {
            // Said below.
        }
        throw new HubException(
                HubException.Kind.INVALID,
                "cursor",
                "the cursor is none of this server's; follow the Link header of the page before, or leave it out for the first");
    }

    /** This page of all entries; a Link header leads to the next, where there is one. */
    List<Object> page(Context context, String commit, List<Object> entries) {
        int from = Math.min(skipped, entries.size());
        int to = Math.min(from + limit, entries.size());
        if (to < entries.size()) {
            String next = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((commit + " " + to).getBytes(StandardCharsets.US_ASCII));
            OwnLinks.next(context, "cursor", next);
        }
        return entries.subList(from, to);
    }
}
