package samovar.tokenizer;

import java.util.ArrayList;
import java.util.List;
import samovar.json.Json;

/**
 * Reads the part of Oniguruma's regular expressions that pre-tokenizers are written in: alternatives, groups ({@code (?:…)},
 * {@code (?i:…)} over ASCII, {@code (…)}), look-ahead, sets, {@code \p{…}} by general category, {@code \s \d \w}, and repeated
 * sets. Everything else is refused by name; nothing is guessed.
 */
final class PatternParser {
    private static final int MAX_DEPTH = 50;
    private static final String SUPPORTED =
            "supported are alternatives, (?:…), (?i:…), (?=…), (?!…), sets, \\p{general category},"
                    + " \\s \\d \\w, and ? * + {n,m} with + for possessive";

    private final String text;
    private final Json where;
    private int at;
    private boolean ignoreCase;
    private int depth;

    private PatternParser(String text, Json where) {
        this.text = text;
        this.where = where;
    }

    /**
     * Reads a pattern.
     *
     * @param where for errors: the JSON value that holds it
     */
    static Pattern parse(String text, Json where) {
        PatternParser parser = new PatternParser(text, where);
        Pattern pattern = parser.choice();
        if (parser.at < text.length()) {
            throw parser.unsupported("an unmatched )");
        }
        return pattern;
    }

    /** A text that stands for itself. */
    static Pattern literal(String text) {
        List<Pattern> parts = new ArrayList<>();
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            parts.add(Pattern.Chars.one(CharSet.ofCodePoint(text.codePointAt(i))));
        }
        return new Pattern.Sequence(parts);
    }

    private Pattern choice() {
        if (++depth > MAX_DEPTH) {
            throw unsupported("nesting deeper than " + MAX_DEPTH);
        }
        List<Pattern> options = new ArrayList<>();
        options.add(sequence());
        while (take('|')) {
            options.add(sequence());
        }
        depth--;
        return options.size() == 1 ? options.get(0) : new Pattern.Choice(options);
    }

    private Pattern sequence() {
        List<Pattern> parts = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
            parts.add(repeated(atom()));
        }
        return parts.size() == 1 ? parts.get(0) : new Pattern.Sequence(parts);
    }

    private Pattern atom() {
        char c = text.charAt(at);
        return switch (c) {
            case '(' -> group();
            case '[' -> Pattern.Chars.one(new PatternSetParser(this).set());
            case '\\' -> Pattern.Chars.one(new PatternSetParser(this).escape());
            case '.' -> {
                at++;
                yield Pattern.Chars.one(CharSet.of(0, new int[] {'\n', '\n'}, true));
            }
            case '^', '$' -> throw unsupported("the anchor " + c);
            case '*', '+', '?' -> throw unsupported(c + " with nothing to repeat");
            default -> {
                int codePoint = text.codePointAt(at);
                at += Character.charCount(codePoint);
                yield Pattern.Chars.one(CharSet.of(0, foldings(codePoint), false));
            }
        };
    }

    private Pattern group() {
        at++;
        boolean outer = ignoreCase;
        boolean look = false;
        boolean negative = false;
        if (take('?')) {
            if (text.startsWith("i:", at)) {
                at += 2;
                ignoreCase = true;
            } else if (take('=')) {
                look = true;
            } else if (take('!')) {
                look = true;
                negative = true;
            } else if (!take(':')) {
                throw unsupported("the group (?" + text.substring(at, Math.min(at + 2, text.length())));
            }
        }
        Pattern body = choice();
        if (!take(')')) {
            throw unsupported("a group without its )");
        }
        ignoreCase = outer;
        return look ? new Pattern.LookAhead(body, negative) : body;
    }

    private Pattern repeated(Pattern atom) {
        int min = 1;
        int max = 1;
        boolean counted = false;
        if (take('?')) {
            min = 0;
        } else if (take('*')) {
            min = 0;
            max = Pattern.Chars.UNLIMITED;
        } else if (take('+')) {
            max = Pattern.Chars.UNLIMITED;
        } else if (at < text.length() && text.charAt(at) == '{') {
            counted = true;
            at++;
            min = at < text.length() && text.charAt(at) == ',' ? 0 : number();
            max = min;
            if (take(',')) {
                max = at < text.length() && text.charAt(at) == '}' ? Pattern.Chars.UNLIMITED : number();
            }
            if (!take('}') || max < min) {
                throw unsupported("this repetition");
            }
        } else {
            return atom;
        }
        boolean possessive = !counted && take('+');
        if (at < text.length() && "?*+{".indexOf(text.charAt(at)) >= 0) {
            throw unsupported("a lazy or doubled repetition");
        }
        if (atom instanceof Pattern.Chars chars && chars.min() == 1 && chars.max() == 1) {
            return new Pattern.Chars(chars.set(), min, max, possessive);
        }
        if (min == 0 && max == 1 && !possessive) {
            return new Pattern.Choice(List.of(atom, new Pattern.Sequence(List.of())));
        }
        throw unsupported("a repeated group");
    }

    private int number() {
        int from = at;
        int value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9' && at - from < 4) {
            value = value * 10 + text.charAt(at++) - '0';
        }
        if (from == at) {
            throw unsupported("this repetition");
        }
        return value;
    }

    /** Ranges of a code point and, where case is ignored, of its other forms: ſ folds to s and the Kelvin sign to k. */
    int[] foldings(int codePoint) {
        if (!ignoreCase) {
            return new int[] {codePoint, codePoint};
        }
        if (codePoint >= 128) {
            throw unsupported("a character beyond ASCII where case is ignored");
        }
        int lower = codePoint >= 'A' && codePoint <= 'Z' ? codePoint + 32 : codePoint;
        if (lower < 'a' || lower > 'z') {
            return new int[] {codePoint, codePoint};
        }
        int other = lower == 's' ? 0x17F : lower == 'k' ? 0x212A : lower;
        return new int[] {lower, lower, lower - 32, lower - 32, other, other};
    }

    boolean ignoresCase() {
        return ignoreCase;
    }

    boolean take(char expected) {
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    /** The next code point, past which it moves. */
    int next() {
        if (at >= text.length()) {
            throw unsupported("an unfinished set or escape");
        }
        int codePoint = text.codePointAt(at);
        at += Character.charCount(codePoint);
        return codePoint;
    }

    boolean sees(String ahead) {
        return text.startsWith(ahead, at);
    }

    /** The text up to a closing character, past which it moves. */
    String until(char close) {
        int end = text.indexOf(close, at);
        if (end < 0) {
            throw unsupported("a missing " + close);
        }
        String between = text.substring(at, end);
        at = end + 1;
        return between;
    }

    /** Hexadecimal digits as a number. */
    int hex(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit((char) next(), 16);
            if (digit < 0) {
                throw unsupported("a malformed escape");
            }
            value = value * 16 + digit;
        }
        return value;
    }

    TokenizerException unsupported(String what) {
        return new TokenizerException(
                "regular expression " + text,
                where.path(),
                what + " at position " + at + " is not supported; " + SUPPORTED);
    }
}
