package samovar.chat;

import java.util.EnumSet;
import java.util.Set;

/** The kinds of token, each with the words jinja2's messages use for it; operators come last, longest first. */
enum TokenKind {
    DATA("template data / text"),
    VARIABLE_BEGIN("begin of print statement"),
    VARIABLE_END("end of print statement"),
    BLOCK_BEGIN("begin of statement block"),
    BLOCK_END("end of statement block"),
    NAME("name"),
    STRING("string"),
    INTEGER("integer"),
    FLOAT("float"),
    EOF("end of template"),
    /** What cannot be read; its value is the failure, due when the parser comes here. */
    FAULT("fault"),
    FLOORDIV("//"),
    POW("**"),
    EQ("=="),
    NE("!="),
    GTEQ(">="),
    LTEQ("<="),
    ADD("+"),
    SUB("-"),
    DIV("/"),
    MUL("*"),
    MOD("%"),
    TILDE("~"),
    LBRACKET("["),
    RBRACKET("]"),
    LPAREN("("),
    RPAREN(")"),
    LBRACE("{"),
    RBRACE("}"),
    GT(">"),
    LT("<"),
    ASSIGN("="),
    DOT("."),
    COLON(":"),
    PIPE("|"),
    COMMA(","),
    SEMICOLON(";");

    private static final Set<TokenKind> OPERATORS = EnumSet.range(FLOORDIV, SEMICOLON);

    private final String words;

    TokenKind(String words) {
        this.words = words;
    }

    /** The operator that stands at a position of the source, or null. */
    static TokenKind operatorAt(String source, int position) {
        for (TokenKind kind : OPERATORS) {
            if (source.startsWith(kind.words, position)) {
                return kind;
            }
        }
        return null;
    }

    String words() {
        return words;
    }
}
