package samovar.chat;

import java.util.ArrayList;
import java.util.List;

/** Reads what can be assigned to: names, tuples of them, and attributes of a namespace. */
final class TargetParser {
    private final TokenStream stream;
    private final Symbols symbols;
    private final ExpressionParser expressions;

    TargetParser(TokenStream stream, Symbols symbols, ExpressionParser expressions) {
        this.stream = stream;
        this.symbols = symbols;
        this.expressions = expressions;
    }

    /**
     * One target, or several parted by commas.
     *
     * @param attributes whether {@code namespace.name} may stand in it
     */
    Stmt.Target tuple(boolean attributes) {
        return tuple(attributes, false);
    }

    private Stmt.Target tuple(boolean attributes, boolean parenthesized) {
        expressions.descend();
        List<Stmt.Target> targets = new ArrayList<>();
        boolean comma = false;
        while (true) {
            if (!targets.isEmpty()) {
                stream.expect(TokenKind.COMMA);
            }
            if (expressions.endsTuple()) {
                break;
            }
            targets.add(single(attributes));
            if (!stream.is(TokenKind.COMMA)) {
                break;
            }
            comma = true;
        }
        expressions.ascend();
        if (!comma && !targets.isEmpty()) {
            return targets.get(0);
        }
        if (!comma && !parenthesized) {
            throw stream.fail(
                    "Expected an expression, got " + Repr.quote(stream.current().words()));
        }
        return new Stmt.TupleTarget(targets);
    }

    private Stmt.Target single(boolean attributes) {
        int line = stream.line();
        if (stream.skipIf(TokenKind.LPAREN)) {
            Stmt.Target inner = tuple(attributes, true);
            stream.expect(TokenKind.RPAREN);
            return inner;
        }
        Expr expression = expressions.primary();
        if (!(expression instanceof Expr.Name name)) {
            String kind =
                    expression instanceof Expr.ListOf ? "list" : expression instanceof Expr.DictOf ? "dict" : "const";
            throw ChatTemplateException.syntax("can't assign to '" + kind + "'", line);
        }
        if (attributes && stream.skipIf(TokenKind.DOT)) {
            return new Stmt.NamespaceTarget(name, stream.expect(TokenKind.NAME).text());
        }
        return new Stmt.NameTarget(symbols.id(name.name()));
    }
}
