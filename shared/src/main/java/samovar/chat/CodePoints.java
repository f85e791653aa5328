package samovar.chat;

import java.util.ArrayList;
import java.util.List;

/** Texts counted as Python counts them, in code points; texts without surrogates take the short way. */
final class CodePoints {
    private CodePoints() {}

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Whether every code point is one char, so that positions need no translation. */
    static boolean isNarrow(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The characters, each as a text of its own. */
    static List<Object> split(String text) {
        List<Object> characters = new ArrayList<>(text.length());
        for (int i = 0; i < text.length(); ) {
            int end = text.offsetByCodePoints(i, 1);
            characters.add(text.substring(i, end));
            i = end;
        }
        return characters;
    }

    /** The part from one code point to another, exclusive. */
    static String substring(String text, int from, int to) {
        if (isNarrow(text)) {
            return text.substring(from, to);
        }
        int start = text.offsetByCodePoints(0, from);
        return text.substring(start, text.offsetByCodePoints(start, to - from));
    }

    /** The char index of a code point's index. */
    static int offset(String text, int codePoints) {
        return isNarrow(text) ? codePoints : text.offsetByCodePoints(0, codePoints);
    }

    /** The code point's index of a char index. */
    static int index(String text, int offset) {
        return text.codePointCount(0, offset);
    }

    static String reversed(String text) {
        // Not StringBuilder.reverse(): TeaVM 0.15's leaves the halves of surrogate pairs swapped on WasmGC.
        StringBuilder reversed = new StringBuilder(text.length());
        for (int end = text.length(); end > 0; ) {
            int start = end - Character.charCount(text.codePointBefore(end));
            reversed.append(text, start, end);
            end = start;
        }
        return reversed.toString();
    }
}
