package samovar.server.mirror;

import java.util.Map;

/** Content types of repository files. Nothing here is served as HTML or a script: a repository is not ours to trust. */
final class ContentTypes {
    private static final Map<String, String> TYPES = Map.of(
            "json", "application/json",
            "txt", "text/plain; charset=utf-8",
            "md", "text/plain; charset=utf-8",
            "jinja", "text/plain; charset=utf-8",
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg");

    private ContentTypes() {}

    static String of(String path) {
        return TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
    }
}
