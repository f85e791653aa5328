package samovar.chat;

/**
 * A part of a text that a method looks at, given as Python's start and end, as char indices.
 *
 * @param valid false where the start lies behind the end: then nothing is found, not even the empty text
 */
record TextRange(int from, int to, boolean valid) {

    /** @param start code point index, None or {@link Scope#MISSING}; negative counts from the end */
    static TextRange of(String text, Object start, Object end) {
        if ((start == null || start == Scope.MISSING) && (end == null || end == Scope.MISSING)) {
            return new TextRange(0, text.length(), true);
        }
        int length = CodePoints.length(text);
        long from = part(start, 0, length);
        long to = Math.min(part(end, length, length), length);
        if (from > to) {
            return new TextRange(0, 0, false);
        }
        return new TextRange(CodePoints.offset(text, (int) from), CodePoints.offset(text, (int) to), true);
    }

    private static long part(Object value, long fallback, int length) {
        if (value == null || value == Scope.MISSING) {
            return fallback;
        }
        Long index = Numbers.asIndex(value);
        if (index == null) {
            throw ChatTemplateException.typeError("slice indices must be integers or None or have an __index__ method");
        }
        return index < 0 ? Math.max(0, index + length) : index;
    }
}
