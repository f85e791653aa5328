package samovar.chat;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template into tokens by jinja2's rules, with trim_blocks and lstrip_blocks on and keep_trailing_newline off: a
 * line break after a block or comment goes, blanks before one at the start of its line go, and a single line break at
 * the end of the source goes. Comments and raw markers leave no token.
 */
final class Lexer {
    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();
    private int position;
    private int line = 1;
    /** Whether the piece matched last ended a line, so that what follows starts one. */
    private boolean lineStarting = true;

    private Lexer(String source) {
        this.source = source;
    }

    /** The tokens, ended by EOF, or by FAULT where the rest cannot be read: an earlier fault of the grammar comes first. */
    static List<Token> tokens(String template) {
        Lexer lexer = new Lexer(unifyLineBreaks(template));
        try {
            lexer.run();
            lexer.add(TokenKind.EOF, null);
        } catch (ChatTemplateException e) {
            lexer.add(TokenKind.FAULT, e);
        }
        return lexer.tokens;
    }

    private static String unifyLineBreaks(String template) {
        String text = template;
        if (text.indexOf('\r') >= 0) {
            text = text.replace("\r\n", "\n").replace('\r', '\n');
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private void run() {
        while (position < source.length()) {
            int begin = nextOpening();
            if (begin < 0) {
                addData(source.substring(position));
                advance(source.length());
                return;
            }
            int rawEnd = rawBeginEnd(begin);
            char kind = source.charAt(begin + 1);
            char sign = begin + 2 < source.length() ? source.charAt(begin + 2) : 0;
            addData(beforeTag(begin, sign, kind == '{'));
            if (rawEnd >= 0) {
                advance(rawEnd);
                raw();
                continue;
            }
            advance(begin + (sign == '-' || sign == '+' ? 3 : 2));
            if (kind == '#') {
                comment();
            } else {
                add(kind == '{' ? TokenKind.VARIABLE_BEGIN : TokenKind.BLOCK_BEGIN, null);
                tag(kind == '{');
            }
        }
    }

    private int nextOpening() {
        for (int at = source.indexOf('{', position); at >= 0; at = source.indexOf('{', at + 1)) {
            char next = at + 1 < source.length() ? source.charAt(at + 1) : 0;
            if (next == '{' || next == '%' || next == '#') {
                return at;
            }
        }
        return -1;
    }

    /** The data between the position and a tag, with what the tag strips from its end removed. */
    private String beforeTag(int begin, char sign, boolean variable) {
        int end = begin;
        if (sign == '-') {
            while (end > position && Chars.isSpace(source.charAt(end - 1))) {
                end--;
            }
        } else if (sign != '+' && !variable) {
            int lineStart = begin;
            while (lineStart > position && source.charAt(lineStart - 1) != '\n') {
                lineStart--;
            }
            if ((lineStart > position || lineStarting) && isBlank(lineStart, begin)) {
                end = lineStart;
            }
        }
        return source.substring(position, end);
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Chars.isSpace(source.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Where the raw directive that begins here ends, or -1 if another tag begins here. */
    private int rawBeginEnd(int begin) {
        if (source.charAt(begin + 1) != '%') {
            return -1;
        }
        int at = afterSign(begin + 2);
        at = afterWord(at, "raw");
        if (at < 0) {
            return -1;
        }
        if (source.startsWith("-%}", at)) {
            return skipSpace(at + 3);
        }
        return source.startsWith("%}", at) ? at + 2 : -1;
    }

    private int afterSign(int at) {
        return at < source.length() && (source.charAt(at) == '-' || source.charAt(at) == '+') ? at + 1 : at;
    }

    private int afterWord(int from, String word) {
        int at = skipSpace(from);
        return source.startsWith(word, at) ? skipSpace(at + word.length()) : -1;
    }

    private int skipSpace(int from) {
        int at = from;
        while (at < source.length() && Chars.isSpace(source.charAt(at))) {
            at++;
        }
        return at;
    }

    private void raw() {
        if (position == source.length()) {
            return;
        }
        for (int begin = source.indexOf("{%", position); begin >= 0; begin = source.indexOf("{%", begin + 1)) {
            int at = afterWord(afterSign(begin + 2), "endraw");
            int end = at < 0 ? -1 : tagEnd(at, "%}", true);
            if (end >= 0) {
                addData(beforeTag(begin, source.charAt(begin + 2), false));
                advance(end);
                return;
            }
        }
        throw ChatTemplateException.syntax("Missing end of raw directive", line);
    }

    private void comment() {
        if (position == source.length()) {
            return;
        }
        int end = source.indexOf("#}", position);
        if (end < 0) {
            throw ChatTemplateException.syntax("Missing end of comment tag", line);
        }
        boolean strips = end > position && source.charAt(end - 1) == '-';
        boolean keeps = end > position && source.charAt(end - 1) == '+';
        advance(strips ? skipSpace(end + 2) : keeps ? end + 2 : afterLineBreak(end + 2));
    }

    private int afterLineBreak(int at) {
        return at < source.length() && source.charAt(at) == '\n' ? at + 1 : at;
    }

    /** Where the end of a tag that begins here ends, or -1 if none begins here. */
    private int tagEnd(int at, String mark, boolean block) {
        if (source.startsWith(mark, at)) {
            return block ? afterLineBreak(at + 2) : at + 2;
        }
        if (source.startsWith(mark, at + 1)) {
            char sign = source.charAt(at);
            if (sign == '-') {
                return skipSpace(at + 3);
            }
            if (sign == '+' && block) {
                return at + 3;
            }
        }
        return -1;
    }

    private void tag(boolean variable) {
        open.setLength(0);
        while (position < source.length()) {
            int end = open.length() > 0 ? -1 : tagEnd(position, variable ? "}}" : "%}", !variable);
            if (end >= 0) {
                add(variable ? TokenKind.VARIABLE_END : TokenKind.BLOCK_END, null);
                advance(end);
                return;
            }
            char c = source.charAt(position);
            if (Chars.isSpace(c)) {
                advance(skipSpace(position));
            } else if (c >= '0' && c <= '9') {
                number();
            } else if (isNamePart(c)) {
                name();
            } else if (c == '\'' || c == '"') {
                string(c);
            } else {
                operator();
            }
        }
    }

    private void number() {
        NumberText number = NumberText.at(source, position);
        add(number.isFloat() ? TokenKind.FLOAT : TokenKind.INTEGER, number.value(line));
        advance(number.end());
    }

    /** Beyond ASCII every character that is no space counts as part of a name; jinja2 asks Unicode's identifier rules. */
    private static boolean isNamePart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c >= 0x80;
    }

    private void name() {
        int end = position;
        while (end < source.length() && isNamePart(source.charAt(end)) && !Chars.isSpace(source.charAt(end))) {
            end++;
        }
        add(TokenKind.NAME, source.substring(position, end));
        advance(end);
    }

    private void string(char quote) {
        int end = position + 1;
        while (end < source.length() && source.charAt(end) != quote) {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= source.length()) {
            throw unexpectedCharacter();
        }
        add(TokenKind.STRING, StringEscapes.resolve(source.substring(position + 1, end), line));
        advance(end + 1);
    }

    private void operator() {
        TokenKind kind = TokenKind.operatorAt(source, position);
        if (kind == null) {
            throw unexpectedCharacter();
        }
        String text = kind.words();
        int pair = "([{".indexOf(text);
        if (pair >= 0) {
            open.append(")]}".charAt(pair));
        } else if (")]}".contains(text)) {
            close(text);
        }
        add(kind, null);
        advance(position + text.length());
    }

    private void close(String text) {
        if (open.length() == 0) {
            throw ChatTemplateException.syntax("unexpected '" + text + "'", line);
        }
        char expected = open.charAt(open.length() - 1);
        if (text.charAt(0) != expected) {
            throw ChatTemplateException.syntax("unexpected '" + text + "', expected '" + expected + "'", line);
        }
        open.setLength(open.length() - 1);
    }

    private ChatTemplateException unexpectedCharacter() {
        String character = new String(Character.toChars(source.codePointAt(position)));
        int at = source.codePointCount(0, position);
        return ChatTemplateException.syntax("unexpected char " + Repr.quote(character) + " at " + at, line);
    }

    private void addData(String text) {
        if (!text.isEmpty()) {
            add(TokenKind.DATA, text);
        }
    }

    private void add(TokenKind kind, Object value) {
        tokens.add(new Token(kind, value, line));
    }

    /** Moves to a position and counts the lines passed. */
    private void advance(int to) {
        for (int i = position; i < to; i++) {
            if (source.charAt(i) == '\n') {
                line++;
            }
        }
        if (to > position) {
            lineStarting = source.charAt(to - 1) == '\n';
        }
        position = to;
    }
}
