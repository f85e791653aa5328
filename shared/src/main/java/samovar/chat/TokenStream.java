package samovar.chat;

import java.util.List;

/** The parser's place in the tokens, with jinja2's words for what it did not find. */
final class TokenStream {
    private final List<Token> tokens;
    private int at;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
        checkFault();
    }

    private void checkFault() {
        if (current().value() instanceof ChatTemplateException fault) {
            throw fault;
        }
    }

    Token current() {
        return tokens.get(at);
    }

    Token look() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    int line() {
        return current().line();
    }

    /** The current token, which is left behind; the end of the template stays. */
    Token next() {
        Token token = tokens.get(at);
        if (at < tokens.size() - 1) {
            at++;
            checkFault();
        }
        return token;
    }

    boolean is(TokenKind kind) {
        return current().kind() == kind;
    }

    boolean isName(String name) {
        return current().isName(name);
    }

    boolean skipIf(TokenKind kind) {
        boolean matches = is(kind);
        if (matches) {
            next();
        }
        return matches;
    }

    boolean skipIfName(String name) {
        boolean matches = isName(name);
        if (matches) {
            next();
        }
        return matches;
    }

    Token expect(TokenKind kind) {
        if (is(kind)) {
            return next();
        }
        throw missing(kind.words());
    }

    Token expectName(String name) {
        if (isName(name)) {
            return next();
        }
        throw missing(name);
    }

    private ChatTemplateException missing(String expected) {
        if (is(TokenKind.EOF)) {
            return fail("unexpected end of template, expected " + Repr.quote(expected) + ".");
        }
        return fail("expected token " + Repr.quote(expected) + ", got "
                + Repr.quote(current().words()));
    }

    ChatTemplateException fail(String reason) {
        return ChatTemplateException.syntax(reason, line());
    }
}
