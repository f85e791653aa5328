package samovar.chat;

import java.util.Map;
import java.util.function.IntPredicate;

/** The methods of str that ask whether every character is of a kind. */
final class CharacterTests {
    private CharacterTests() {}

    static void addTo(Map<String, Native> methods) {
        methods.put("isdigit", all(Chars::isDigit));
        methods.put("isdecimal", all(Chars::isDigit));
        methods.put("isnumeric", all(Chars::isDigit));
        methods.put("isalpha", all(Chars::isLetter));
        methods.put("isalnum", all(c -> Chars.isLetter(c) || Chars.isDigit(c)));
        methods.put("isspace", all(Chars::isSpace));
        methods.put("isascii", (r, self, a) -> ((String) self).isEmpty() || every((String) self, c -> c < 0x80));
        methods.put(
                "isprintable", (r, self, a) -> ((String) self).isEmpty() || every((String) self, Chars::isPrintable));
        methods.put("isupper", (r, self, a) -> isUpper((String) self));
        methods.put("islower", (r, self, a) -> isLower((String) self));
        methods.put("istitle", (r, self, a) -> isTitle((String) self));
        methods.put("isidentifier", (r, self, a) -> isIdentifier((String) self));
    }

    private static Native all(IntPredicate kind) {
        return (r, self, a) -> !((String) self).isEmpty() && every((String) self, kind);
    }

    private static boolean every(String text, IntPredicate kind) {
        return text.codePoints().allMatch(kind);
    }

    static boolean isUpper(String text) {
        return text.codePoints().anyMatch(Chars::isUpper) && text.codePoints().noneMatch(Chars::isLower);
    }

    static boolean isLower(String text) {
        return text.codePoints().anyMatch(Chars::isLower) && text.codePoints().noneMatch(Chars::isUpper);
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
        boolean starts = !text.isEmpty() && !Chars.isDigit(text.codePointAt(0));
        return starts && every(text, c -> c == '_' || Chars.isLetter(c) || Chars.isDigit(c));
    }
}
