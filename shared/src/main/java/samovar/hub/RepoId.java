package samovar.hub;

/**
 * The id of a model repository, {@code org/name}, with the Hub's rules: each part is 1 to 96 ASCII letters, digits,
 * {@code -}, {@code _} or {@code .}, neither begins nor ends with {@code -} or {@code .}, holds no {@code --} or {@code ..},
 * and the name does not end in {@code .git}. Such a part is safe as one segment of a URL or of a file path.
 */
public record RepoId(String org, String name) {
    private static final int MAX_PART_CHARS = 96;
    private static final String ALLOWED = "a model id is org/name, each of 1 to 96 letters, digits, '-', '_' and '.',"
            + " neither beginning nor ending with '-' or '.', without '--' or '..', the name not ending in .git;"
            + " for example onnx-community/Qwen2.5-0.5B-Instruct";

    public RepoId {
        if (!isPart(org) || !isPart(name) || name.endsWith(".git")) {
            throw HubException.invalid("a model id", org + "/" + name, ALLOWED);
        }
    }

    /** Reads {@code org/name}. */
    public static RepoId of(String id) {
        int slash = id == null ? -1 : id.indexOf('/');
        if (slash < 0 || id.indexOf('/', slash + 1) >= 0) {
            throw HubException.invalid("a model id", id, ALLOWED);
        }
        return new RepoId(id.substring(0, slash), id.substring(slash + 1));
    }

    private static boolean isPart(String part) {
        if (part == null || part.isEmpty() || part.length() > MAX_PART_CHARS) {
            return false;
        }
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (!Ascii.isLetterOrDigit(c) && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return !isEdge(part.charAt(0))
                && !isEdge(part.charAt(part.length() - 1))
                && !part.contains("--")
                && !part.contains("..");
    }

    private static boolean isEdge(char c) {
        return c == '-' || c == '.';
    }

    @Override
    public String toString() {
        return org + "/" + name;
    }
}
