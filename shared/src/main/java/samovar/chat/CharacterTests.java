package samovar.chat;

import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** The methods of str that ask whether every character is of a kind. */
final class CharacterTests {
    private CharacterTests() {}

    static void addTo(Map<String, Native> methods) {
        methods.put("isdigit", all("isdigit", c -> Chars.isDecimal(c) || isSuperscript(c)));
        methods.put("isdecimal", all("isdecimal", Chars::isDecimal));
        methods.put("isnumeric", all("isnumeric", Chars::isNumeric));
        methods.put("isalpha", all("isalpha", Chars::isLetter));
        methods.put("isalnum", all("isalnum", c -> Chars.isLetter(c) || Chars.isNumeric(c)));
        methods.put("isspace", all("isspace", Chars::isSpace));
        methods.put("isascii", asked("isascii", text -> every(text, c -> c < 0x80)));
        methods.put("isprintable", asked("isprintable", text -> every(text, Chars::isPrintable)));
        methods.put("isupper", asked("isupper", CharacterTests::isUpper));
        methods.put("islower", asked("islower", CharacterTests::isLower));
        methods.put("istitle", asked("istitle", CharacterTests::isTitle));
        methods.put("isidentifier", asked("isidentifier", CharacterTests::isIdentifier));
    }

    /** Digits that are not decimal: superscripts and subscripts. */
    private static boolean isSuperscript(int c) {
        return c == 0xb2
                || c == 0xb3
                || c == 0xb9
                || c == 0x2070
                || (c >= 0x2074 && c <= 0x2079)
                || (c >= 0x2080 && c <= 0x2089);
    }

    private static Native all(String name, IntPredicate kind) {
        return asked(name, text -> !text.isEmpty() && every(text, kind));
    }

    private static Native asked(String name, Predicate<String> question) {
        return (r, self, a) -> {
            a.positional("str", name, 0, 0);
            r.chargeText(((String) self).length());
            return question.test((String) self);
        };
    }

    private static boolean every(String text, IntPredicate kind) {
        return !some(text, kind.negate());
    }

    /** Not by a stream of code points, which would be the page's only one. */
    private static boolean some(String text, IntPredicate kind) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (kind.test(text.codePointAt(i))) {
                return true;
            }
        }
        return false;
    }

    static boolean isUpper(String text) {
        return some(text, Chars::isUpper) && !some(text, Chars::isLower);
    }

    static boolean isLower(String text) {
        return some(text, Chars::isLower) && !some(text, Chars::isUpper);
    }

    private static boolean isTitle(String text) {
        boolean inWord = false;
        boolean words = false;
        for (int i = 0; i < text.length(); i++) {
            int c = text.charAt(i);
            boolean fits = inWord ? !Chars.isUpper(c) : !Chars.isLower(c);
            if (!fits) {
                return false;
            }
            inWord = Chars.isCased(c);
            words |= inWord;
        }
        return words;
    }

    private static boolean isIdentifier(String text) {
        boolean starts = !text.isEmpty() && !Chars.isNumeric(text.codePointAt(0));
        return starts && every(text, c -> c == '_' || Chars.isLetter(c) || Chars.isDecimal(c));
    }
}
