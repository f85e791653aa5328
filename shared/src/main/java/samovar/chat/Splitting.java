package samovar.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Python's ways to cut a text: at a separator, at white space, at line ends. */
final class Splitting {
    private Splitting() {}

    static List<Object> split(Rendering r, String text, Arguments arguments) {
        Object[] given = arguments.bind("split", "sep", "maxsplit");
        String separator = separator(given[0]);
        long limit = limit(given[1]);
        return separator == null ? words(text, limit) : parts(r, text, separator, limit);
    }

    static List<Object> rsplit(Rendering r, String text, Arguments arguments) {
        Object[] given = arguments.bind("rsplit", "sep", "maxsplit");
        String separator = separator(given[0]);
        long limit = limit(given[1]);
        List<Object> reversed = separator == null ? wordsFromEnd(text, limit) : partsFromEnd(r, text, separator, limit);
        Collections.reverse(reversed);
        return reversed;
    }

    private static String separator(Object given) {
        if (given == Scope.MISSING || given == null) {
            return null;
        }
        if (!(given instanceof String separator)) {
            throw ChatTemplateException.typeError("must be str or None, not " + Types.name(given));
        }
        if (separator.isEmpty()) {
            throw ChatTemplateException.valueError("empty separator");
        }
        return separator;
    }

    private static long limit(Object given) {
        long limit = given == Scope.MISSING ? -1 : StringMethods.integer(given);
        return limit < 0 ? Long.MAX_VALUE : limit;
    }

    private static List<Object> parts(Rendering r, String text, String separator, long limit) {
        r.chargeSearch(text, separator);
        List<Object> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0 && parts.size() < limit; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        r.charge(parts.size());
        parts.add(text.substring(from));
        return parts;
    }

    private static List<Object> partsFromEnd(Rendering r, String text, String separator, long limit) {
        r.chargeSearch(text, separator);
        List<Object> parts = new ArrayList<>();
        int to = text.length();
        int at = text.lastIndexOf(separator);
        while (at >= 0 && parts.size() < limit) {
            parts.add(text.substring(at + separator.length(), to));
            to = at;
            at = to < separator.length() ? -1 : text.lastIndexOf(separator, to - separator.length());
        }
        r.charge(parts.size());
        parts.add(text.substring(0, to));
        return parts;
    }

    static List<Object> words(String text, long limit) {
        List<Object> words = new ArrayList<>();
        int at = skip(text, 0, true);
        while (at < text.length()) {
            if (words.size() == limit) {
                words.add(text.substring(at));
                break;
            }
            int end = skip(text, at, false);
            words.add(text.substring(at, end));
            at = skip(text, end, true);
        }
        return words;
    }

    /** The first position from here on that is no space, or is one. */
    private static int skip(String text, int from, boolean spaces) {
        int at = from;
        while (at < text.length() && Chars.isSpace(text.charAt(at)) == spaces) {
            at++;
        }
        return at;
    }

    private static List<Object> wordsFromEnd(String text, long limit) {
        List<Object> words = new ArrayList<>();
        int end = skipBack(text, text.length(), true);
        while (end > 0) {
            if (words.size() == limit) {
                words.add(text.substring(0, end));
                break;
            }
            int start = skipBack(text, end, false);
            words.add(text.substring(start, end));
            end = skipBack(text, start, true);
        }
        return words;
    }

    private static int skipBack(String text, int from, boolean spaces) {
        int at = from;
        while (at > 0 && Chars.isSpace(text.charAt(at - 1)) == spaces) {
            at--;
        }
        return at;
    }

    static List<Object> lines(String text, Arguments arguments) {
        Object keep = arguments.bind("splitlines", "keepends")[0];
        return lines(text, keep != Scope.MISSING && Types.isTrue(keep));
    }

    static List<Object> lines(String text, boolean keepEnds) {
        List<Object> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            if (!Chars.endsLine(text.charAt(at))) {
                continue;
            }
            int end = text.startsWith("\r\n", at) ? at + 2 : at + 1;
            lines.add(text.substring(from, keepEnds ? end : at));
            from = end;
            at = end - 1;
        }
        if (from < text.length()) {
            lines.add(text.substring(from));
        }
        return lines;
    }

    static PyTuple partition(Rendering r, String text, Arguments arguments, boolean last) {
        String separator = separator(arguments.positional("str", last ? "rpartition" : "partition", 1, 1)[0]);
        if (separator == null) {
            throw ChatTemplateException.typeError("must be str, not NoneType");
        }
        r.chargeSearch(text, separator);
        int at = last ? text.lastIndexOf(separator) : text.indexOf(separator);
        if (at < 0) {
            return last ? PyTuple.of("", "", text) : PyTuple.of(text, "", "");
        }
        return PyTuple.of(text.substring(0, at), separator, text.substring(at + separator.length()));
    }
}
