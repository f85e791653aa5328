package samovar.hub;

import java.util.List;

/** What people paste for a model: its id, or the address of one of its pages on the Hub. */
public final class RepoAddress {
    private static final List<String> HUBS = List.of("huggingface.co/", "www.huggingface.co/", "hf.co/");
    private static final List<String> SCHEMES = List.of("https://", "http://", "hf://");
    private static final List<String> OTHER_KINDS = List.of("datasets", "spaces", "collections", "papers");
    /** What stands before a revision in the address of a page or a file. */
    private static final List<String> VIEWS = List.of("tree", "blob", "resolve", "raw", "commits");

    private static final String ALLOWED = "give a model's id, org/name, or the address of its page on the Hub, such as"
            + " https://huggingface.co/onnx-community/Qwen2.5-0.5B-Instruct";

    private RepoAddress() {}

    /**
     * The repository meant; {@code https://huggingface.co/org/name/tree/main/onnx?x=1} is {@code org/name}.
     *
     * @throws HubException INVALID for anything else: an address of another site, of no model, or of another revision than main
     */
    public static RepoId read(String typed) {
        String rest = typed.trim();
        String scheme = prefix(rest, SCHEMES);
        rest = rest.substring(scheme.length());
        String host = prefix(rest, HUBS);
        rest = rest.substring(host.length());
        boolean web = scheme.startsWith("http");
        if (web && host.isEmpty()) {
            throw HubException.invalid("an address of the Hub", typed, ALLOWED);
        }
        return web || !host.isEmpty() ? ofPath(typed, upTo(upTo(rest, '#'), '?')) : RepoId.of(rest);
    }

    private static RepoId ofPath(String typed, String path) {
        String org = upTo(path, '/');
        if (OTHER_KINDS.contains(org)) {
            throw HubException.invalid("a model", typed, "it lies under " + org + "/ on the Hub; " + ALLOWED);
        }
        String behindOrg = behind(path, org);
        String name = upTo(behindOrg, '/');
        String behindName = behind(behindOrg, name);
        String view = upTo(behindName, '/');
        String revision = upTo(behind(behindName, view), '/');
        if (VIEWS.contains(view) && !revision.isEmpty() && !revision.equals("main")) {
            throw HubException.invalid(
                    "the main branch", typed, "models are opened at main; leave out /" + view + "/" + revision);
        }
        return new RepoId(org, name);
    }

    /** The one that the text begins with, in any case; empty for none. */
    private static String prefix(String text, List<String> prefixes) {
        for (String prefix : prefixes) {
            if (text.regionMatches(true, 0, prefix, 0, prefix.length())) {
                return prefix;
            }
        }
        return "";
    }

    private static String upTo(String text, char end) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }

    /** What follows a part and its slash. */
    private static String behind(String text, String part) {
        return text.length() <= part.length() ? "" : text.substring(part.length() + 1);
    }
}
