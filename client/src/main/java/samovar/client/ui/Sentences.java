package samovar.client.ui;

/** Cuts a growing text into finished sentences, so that a screen reader is told whole ones only. */
final class Sentences {
    private final StringBuilder rest = new StringBuilder();

    /** Adds text and takes what has been finished by it; often nothing. */
    String add(String text) {
        rest.append(text);
        int end = lastEnd();
        String finished = rest.substring(0, end).trim();
        rest.delete(0, end);
        return finished;
    }

    /** Takes what is left. */
    String end() {
        String last = rest.toString().trim();
        rest.setLength(0);
        return last;
    }

    /** Behind the last line feed, or the last full stop and the like that a space follows. A number's is a list's mark. */
    private int lastEnd() {
        for (int i = rest.length() - 1; i >= 0; i--) {
            char c = rest.charAt(i);
            boolean stop = c == '!' || c == '?' || c == '…' || c == ':' || (c == '.' && !isDigitAt(i - 1));
            if (c == '\n' || c == '。' || (stop && i + 1 < rest.length() && rest.charAt(i + 1) == ' ')) {
                return i + 1;
            }
        }
        return 0;
    }

    private boolean isDigitAt(int index) {
        return index >= 0 && rest.charAt(index) >= '0' && rest.charAt(index) <= '9';
    }
}
