package samovar.tokenizer;

/** Reads one set of a regular expression: {@code [^\r\n\p{L}\p{N}]}, or an escape that stands for one or more characters. */
final class PatternSetParser {
    /** Oniguruma takes {@code ² ³ ¹ ¼ ½ ¾} for word characters, but not within brackets. */
    private static final int[] LONE_WORD_EXTRA = {0xB2, 0xB3, 0xB9, 0xB9, 0xBC, 0xBE};

    private final PatternParser text;
    private final IntList ranges = new IntList(8);
    private int mask;
    private boolean inverse;

    /** A code point that may begin a range, or -1 after something that may not. */
    private int single;

    PatternSetParser(PatternParser text) {
        this.text = text;
    }

    /** A set in brackets; the reader stands on the opening one. */
    CharSet set() {
        text.next();
        boolean negated = text.take('^');
        if (text.sees("]")) {
            throw text.unsupported("a set that begins with ]");
        }
        while (!text.take(']')) {
            if (text.sees("[") || text.sees("&&")) {
                throw text.unsupported("a set within a set");
            }
            member();
            if (text.sees("-") && !text.sees("-]")) {
                range();
            }
        }
        return CharSet.of(mask, ranges.toArray(), negated);
    }

    /** An escape outside brackets; the reader stands on the backslash. */
    CharSet escape() {
        if (text.sees("\\w") || text.sees("\\W")) {
            text.next();
            inverse = text.next() == 'W';
            word();
            addAll(LONE_WORD_EXTRA);
        } else {
            member();
        }
        return CharSet.of(mask, ranges.toArray(), inverse);
    }

    private void range() {
        text.next();
        int first = single;
        if (first < 0) {
            throw text.unsupported("a range that begins with a class");
        }
        if (text.ignoresCase()) {
            throw text.unsupported("a range where case is ignored");
        }
        member();
        if (single < first) {
            throw text.unsupported("this range");
        }
        ranges.add(first);
        ranges.add(single);
        single = -1;
    }

    private void member() {
        single = text.next();
        if (single == '\\') {
            escaped(text.next());
        }
        if (single >= 0) {
            addAll(text.foldings(single));
        }
    }

    private void escaped(int letter) {
        switch (letter) {
            case 'p' -> property(false);
            case 'P' -> property(true);
            case 's' -> classes(UnicodeClasses.SPACE);
            case 'S' -> classes(~UnicodeClasses.SPACE);
            case 'd' -> classes(UnicodeClasses.maskOf("Nd"));
            case 'D' -> classes(~UnicodeClasses.maskOf("Nd"));
            case 'w' -> word();
            case 'n' -> single = '\n';
            case 'r' -> single = '\r';
            case 't' -> single = '\t';
            case 'f' -> single = '\f';
            case 'v' -> single = 0x0B;
            case 'x' -> single = text.take('{') ? braced() : text.hex(2);
            case 'u' -> single = text.hex(4);
            default -> {
                if (letter >= 128 || isLetterOrDigit(letter)) {
                    throw text.unsupported("the escape \\" + Character.toString((char) letter));
                }
                single = letter;
            }
        }
    }

    private int braced() {
        int value = 0;
        for (int digits = 0; digits < 6 && !text.sees("}"); digits++) {
            value = value * 16 + text.hex(1);
        }
        if (!text.take('}') || value > Character.MAX_CODE_POINT) {
            throw text.unsupported("a malformed escape");
        }
        return value;
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private void classes(int classes) {
        mask |= classes;
        single = -1;
    }

    private void word() {
        classes(UnicodeClasses.WORD);
        addAll(CharSet.numbers(UnicodeData.WORD_EXTRA));
    }

    private void addAll(int[] bounds) {
        ranges.addAll(bounds, 0, bounds.length);
    }

    private void property(boolean negated) {
        if (!text.take('{')) {
            throw text.unsupported("\\p without its {…}");
        }
        boolean inverse = text.take('^') != negated;
        String name = text.until('}');
        int classes = UnicodeClasses.maskOf(name);
        if (classes == 0) {
            throw text.unsupported("the property " + name);
        }
        classes(inverse ? ~classes : classes);
    }
}
