package samovar.hub;

/**
 * A branch, tag, pull request ({@code refs/pr/1}) or commit of a repository: 1 to 200 ASCII letters, digits and
 * {@code . _ - + /}, no segment empty, beginning with a dot or ending in {@code .lock}, and no {@code ..}. That is a
 * subset of what git allows, and all that the Hub's own tools make.
 */
public record Revision(String name) {
    /** The default branch of every repository on the Hub. */
    public static final Revision MAIN = new Revision("main");

    private static final int MAX_CHARS = 200;
    private static final String ALLOWED =
            "a revision is a branch, tag, refs/pr/N or commit of 1 to 200 letters, digits,"
                    + " '.', '_', '-', '+' and '/', without '..', empty segments or segments that begin with '.'; for example main";

    public Revision {
        if (name == null || name.isEmpty() || name.length() > MAX_CHARS || !isValid(name)) {
            throw HubException.invalid("a revision", name, ALLOWED);
        }
    }

    /** True for a full commit id: 40 lower-case hexadecimal digits. What it names never changes. */
    public boolean isCommit() {
        return Ascii.isHex(name, 40);
    }

    private static boolean isValid(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Ascii.isLetterOrDigit(c) && "._-+/".indexOf(c) < 0) {
                return false;
            }
        }
        String bounded = "/" + name + "/";
        return !bounded.contains("//")
                && !bounded.contains("/.")
                && !bounded.contains("./")
                && !bounded.contains("..")
                && !bounded.contains(".lock/")
                && name.charAt(0) != '-';
    }

    @Override
    public String toString() {
        return name;
    }
}
