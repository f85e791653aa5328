package samovar.chat;

/**
 * One token of a template.
 *
 * @param value the text of DATA, NAME and STRING (escapes resolved), the Long or Double of a number, else null
 * @param line line of the source where it begins, counted from 1
 */
record Token(TokenKind kind, Object value, int line) {
    boolean is(TokenKind other) {
        return kind == other;
    }

    boolean isName(String name) {
        return kind == TokenKind.NAME && name.equals(value);
    }

    String text() {
        return (String) value;
    }

    /** The token in jinja2's messages. */
    String words() {
        return kind == TokenKind.NAME ? text() : kind.words();
    }
}
