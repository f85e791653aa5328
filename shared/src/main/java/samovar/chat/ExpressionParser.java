package samovar.chat;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads expressions by jinja2's grammar. From loosest to tightest: inline if, or, and, not, comparisons, + and -, ~,
 * * / // and %, **, signs, then attributes, items, calls, and last filters and tests, which take the whole unary.
 * Chains of one precedence become one node, so that depth grows with nesting only, and nesting is limited.
 */
final class ExpressionParser {
    private static final int MAX_NESTING = 100;

    private final TokenStream stream;
    private final Symbols symbols;
    /** Filters and tests that do not exist: a fault of the template, unless an if around them forgives. */
    private final List<ChatTemplateException> unknown = new ArrayList<>();

    private ChatTemplateException unforgivable;

    private final int[] mentions = new int[Symbols.KWARGS + 1];
    private int nesting;

    ExpressionParser(TokenStream stream, Symbols symbols) {
        this.stream = stream;
        this.symbols = symbols;
    }

    /** How many unknown filters and tests were met so far. */
    int unknownCount() {
        return unknown.size();
    }

    /** Forgives what was met since: a branch that is never taken may name a filter that does not exist. */
    void forgiveUnknown(int since) {
        unknown.subList(since, unknown.size()).clear();
    }

    /** Keeps what was met since from being forgiven: jinja2 compiles the bodies of loops and macros without a second look. */
    void keepUnknown(int since) {
        if (unforgivable == null && unknown.size() > since) {
            unforgivable = unknown.get(since);
        }
    }

    void failIfUnknown() {
        keepUnknown(0);
        if (unforgivable != null) {
            throw unforgivable;
        }
    }

    void descend() {
        if (++nesting > MAX_NESTING) {
            throw stream.fail("the template nests deeper than " + MAX_NESTING + " levels");
        }
    }

    void ascend() {
        nesting--;
    }

    Expr expression() {
        descend();
        int line = stream.line();
        int known = unknown.size();
        Expr result = or();
        for (int links = 0; stream.skipIfName("if"); links++) {
            checkChain(links);
            Expr test = or();
            Expr otherwise = stream.skipIfName("else") ? expression() : null;
            result = new Expr.Conditional(test, result, otherwise, line);
            forgiveUnknown(known);
            line = stream.line();
        }
        ascend();
        return result;
    }

    /**
     * One expression, or several parted by commas as a tuple.
     *
     * @param conditional whether an inline if may stand in it
     */
    Expr tuple(boolean conditional, boolean parenthesized) {
        List<Expr> items = new ArrayList<>();
        boolean comma = false;
        while (true) {
            if (!items.isEmpty()) {
                stream.expect(TokenKind.COMMA);
            }
            if (endsTuple()) {
                break;
            }
            items.add(conditional ? expression() : or());
            if (!stream.is(TokenKind.COMMA)) {
                break;
            }
            comma = true;
        }
        if (!comma && !items.isEmpty()) {
            return items.get(0);
        }
        if (!comma && !parenthesized) {
            throw stream.fail(
                    "Expected an expression, got " + Repr.quote(stream.current().words()));
        }
        return new Expr.TupleOf(items);
    }

    boolean endsTuple() {
        return stream.is(TokenKind.VARIABLE_END) || stream.is(TokenKind.BLOCK_END) || stream.is(TokenKind.RPAREN);
    }

    private Expr or() {
        List<Expr> operands = new ArrayList<>(List.of(and()));
        while (stream.skipIfName("or")) {
            operands.add(and());
        }
        return operands.size() == 1 ? operands.get(0) : new Expr.Logical(false, operands);
    }

    private Expr and() {
        List<Expr> operands = new ArrayList<>(List.of(not()));
        while (stream.skipIfName("and")) {
            operands.add(not());
        }
        return operands.size() == 1 ? operands.get(0) : new Expr.Logical(true, operands);
    }

    private Expr not() {
        if (!stream.skipIfName("not")) {
            return comparison();
        }
        descend();
        Expr negated = new Expr.Not(not());
        ascend();
        return negated;
    }

    private Expr comparison() {
        Expr first = sum();
        List<Relation> relations = new ArrayList<>();
        List<Expr> rest = new ArrayList<>();
        Relation relation = nextRelation();
        while (relation != null) {
            relations.add(relation);
            rest.add(sum());
            relation = nextRelation();
        }
        return rest.isEmpty() ? first : new Expr.Compared(first, relations, rest);
    }

    private Relation nextRelation() {
        if (stream.skipIfName("in")) {
            return Relation.IN;
        }
        if (stream.isName("not") && stream.look().isName("in")) {
            stream.next();
            stream.next();
            return Relation.NOT_IN;
        }
        Relation relation =
                stream.is(TokenKind.NAME) ? null : Relation.of(stream.current().kind());
        if (relation != null) {
            stream.next();
        }
        return relation;
    }

    private Expr sum() {
        Expr first = concat();
        List<Operator> operators = new ArrayList<>();
        List<Expr> rest = new ArrayList<>();
        while (stream.is(TokenKind.ADD) || stream.is(TokenKind.SUB)) {
            operators.add(Operator.of(stream.next().kind()));
            rest.add(concat());
        }
        return rest.isEmpty() ? first : new Expr.Arithmetic(first, operators, rest);
    }

    private Expr concat() {
        List<Expr> parts = new ArrayList<>(List.of(product()));
        while (stream.skipIf(TokenKind.TILDE)) {
            parts.add(product());
        }
        return parts.size() == 1 ? parts.get(0) : new Expr.Concat(parts);
    }

    private Expr product() {
        Expr first = power();
        List<Operator> operators = new ArrayList<>();
        List<Expr> rest = new ArrayList<>();
        while (stream.is(TokenKind.MUL)
                || stream.is(TokenKind.DIV)
                || stream.is(TokenKind.FLOORDIV)
                || stream.is(TokenKind.MOD)) {
            operators.add(Operator.of(stream.next().kind()));
            rest.add(power());
        }
        return rest.isEmpty() ? first : new Expr.Arithmetic(first, operators, rest);
    }

    private Expr power() {
        Expr first = unary(true);
        List<Operator> operators = new ArrayList<>();
        List<Expr> rest = new ArrayList<>();
        while (stream.skipIf(TokenKind.POW)) {
            operators.add(Operator.POWER);
            rest.add(unary(true));
        }
        return rest.isEmpty() ? first : new Expr.Arithmetic(first, operators, rest);
    }

    private Expr unary(boolean filters) {
        Expr operand;
        if (stream.is(TokenKind.SUB) || stream.is(TokenKind.ADD)) {
            descend();
            boolean negative = stream.next().is(TokenKind.SUB);
            operand = new Expr.Signed(negative, unary(false));
            ascend();
        } else {
            operand = primary();
        }
        operand = postfix(operand);
        return filters ? filtersAndTests(operand) : operand;
    }

    Expr primary() {
        Token token = stream.current();
        return switch (token.kind()) {
            case NAME -> name(stream.next().text());
            case STRING -> text();
            case INTEGER, FLOAT -> new Expr.Literal(stream.next().value());
            case LPAREN -> parenthesized();
            case LBRACKET -> list();
            case LBRACE -> dict();
            case DATA,
                    VARIABLE_BEGIN,
                    VARIABLE_END,
                    BLOCK_BEGIN,
                    BLOCK_END,
                    EOF,
                    FAULT,
                    FLOORDIV,
                    POW,
                    EQ,
                    NE,
                    GTEQ,
                    LTEQ,
                    ADD,
                    SUB,
                    DIV,
                    MUL,
                    MOD,
                    TILDE,
                    RBRACKET,
                    RPAREN,
                    RBRACE,
                    GT,
                    LT,
                    ASSIGN,
                    DOT,
                    COLON,
                    PIPE,
                    COMMA,
                    SEMICOLON -> throw stream.fail("unexpected " + Repr.quote(token.words()));
        };
    }

    private Expr name(String name) {
        return switch (name) {
            case "true", "True" -> new Expr.Literal(true);
            case "false", "False" -> new Expr.Literal(false);
            case "none", "None" -> new Expr.Literal(null);
            default -> variable(name);
        };
    }

    private Expr variable(String name) {
        int id = symbols.id(name);
        if (id <= Symbols.KWARGS) {
            mentions[id]++;
        }
        return new Expr.Name(name, id);
    }

    /** How often an expression read caller, varargs or kwargs so far, by their number. */
    int mentions(int id) {
        return mentions[id];
    }

    private Expr text() {
        StringBuilder text = new StringBuilder(stream.next().text());
        while (stream.is(TokenKind.STRING)) {
            text.append(stream.next().text());
        }
        return new Expr.Literal(text.toString());
    }

    private Expr parenthesized() {
        stream.next();
        Expr inner = tuple(true, true);
        stream.expect(TokenKind.RPAREN);
        return inner;
    }

    private Expr list() {
        stream.next();
        List<Expr> items = new ArrayList<>();
        while (!stream.is(TokenKind.RBRACKET)) {
            if (!items.isEmpty()) {
                stream.expect(TokenKind.COMMA);
            }
            if (stream.is(TokenKind.RBRACKET)) {
                break;
            }
            items.add(expression());
        }
        stream.expect(TokenKind.RBRACKET);
        return new Expr.ListOf(items);
    }

    private Expr dict() {
        stream.next();
        List<Expr> keys = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        while (!stream.is(TokenKind.RBRACE)) {
            if (!keys.isEmpty()) {
                stream.expect(TokenKind.COMMA);
            }
            if (stream.is(TokenKind.RBRACE)) {
                break;
            }
            keys.add(expression());
            stream.expect(TokenKind.COLON);
            values.add(expression());
        }
        stream.expect(TokenKind.RBRACE);
        return new Expr.DictOf(keys, values);
    }

    private Expr postfix(Expr operand) {
        Expr result = operand;
        for (int links = 0; ; links++) {
            checkChain(links);
            if (stream.is(TokenKind.DOT)) {
                result = attribute(result);
            } else if (stream.is(TokenKind.LBRACKET)) {
                result = item(result);
            } else if (stream.is(TokenKind.LPAREN)) {
                result = call(result);
            } else {
                return result;
            }
        }
    }

    private void checkChain(int links) {
        if (links > MAX_NESTING) {
            throw stream.fail("more than " + MAX_NESTING + " operations follow one another");
        }
    }

    private Expr attribute(Expr target) {
        int line = stream.next().line();
        Token token = stream.next();
        if (token.is(TokenKind.NAME)) {
            return new Expr.Attribute(target, token.text(), line);
        }
        if (token.is(TokenKind.INTEGER)) {
            return new Expr.Item(target, new Expr.Literal(token.value()), line);
        }
        throw ChatTemplateException.syntax("expected name or number", token.line());
    }

    private Expr item(Expr target) {
        int line = stream.next().line();
        List<Expr> keys = new ArrayList<>();
        while (!stream.is(TokenKind.RBRACKET)) {
            if (!keys.isEmpty()) {
                stream.expect(TokenKind.COMMA);
            }
            keys.add(keyOrSlice());
        }
        stream.expect(TokenKind.RBRACKET);
        return new Expr.Item(target, keys.size() == 1 ? keys.get(0) : new Expr.TupleOf(keys), line);
    }

    private Expr keyOrSlice() {
        Expr none = new Expr.Literal(null);
        Expr start = none;
        if (!stream.is(TokenKind.COLON)) {
            start = expression();
            if (!stream.is(TokenKind.COLON)) {
                return start;
            }
        }
        stream.next();
        Expr stop = endsSlicePart() ? none : expression();
        Expr step = none;
        if (stream.skipIf(TokenKind.COLON) && !endsSlicePart()) {
            step = expression();
        }
        return new Expr.Slice(start, stop, step);
    }

    private boolean endsSlicePart() {
        return stream.is(TokenKind.COLON) || stream.is(TokenKind.RBRACKET) || stream.is(TokenKind.COMMA);
    }

    private Expr.Call call(Expr callee) {
        int line = stream.line();
        return new Expr.Call(callee, arguments(), line);
    }

    private Expr.ArgumentList arguments() {
        int line = stream.expect(TokenKind.LPAREN).line();
        ArgumentReader reader = new ArgumentReader(line);
        while (!stream.is(TokenKind.RPAREN)) {
            reader.read();
            if (!stream.is(TokenKind.RPAREN)) {
                stream.expect(TokenKind.COMMA);
            }
        }
        stream.expect(TokenKind.RPAREN);
        return reader.list();
    }

    private Expr filtersAndTests(Expr operand) {
        Expr result = operand;
        for (int links = 0; ; links++) {
            checkChain(links);
            if (stream.is(TokenKind.PIPE)) {
                stream.next();
                result = filter(result);
            } else if (stream.isName("is")) {
                result = test(result);
            } else if (stream.is(TokenKind.LPAREN)) {
                result = call(result);
            } else {
                return result;
            }
        }
    }

    /** A filter's name and arguments; the sign before it was read. */
    Expr.Filtered filter(Expr target) {
        int line = stream.line();
        String name = dottedName();
        Native filter = Filters.find(name);
        if (filter == null) {
            unknown.add(unknown("filter", name, line));
        }
        Expr.ArgumentList arguments = stream.is(TokenKind.LPAREN) ? arguments() : Expr.ArgumentList.NONE;
        return new Expr.Filtered(target, name, filter, arguments, line);
    }

    private static ChatTemplateException unknown(String what, String name, int line) {
        return ChatTemplateException.assertion("No " + what + " named " + Repr.quote(name) + ".", line);
    }

    private String dottedName() {
        StringBuilder name = new StringBuilder(stream.expect(TokenKind.NAME).text());
        while (stream.skipIf(TokenKind.DOT)) {
            name.append('.').append(stream.expect(TokenKind.NAME).text());
        }
        return name.toString();
    }

    private Expr test(Expr target) {
        int line = stream.next().line();
        boolean negated = stream.skipIfName("not");
        String name = dottedName();
        Native test = Tests.find(name);
        if (test == null) {
            unknown.add(unknown("test", name, line));
        }
        Expr.ArgumentList arguments = Expr.ArgumentList.NONE;
        if (stream.is(TokenKind.LPAREN)) {
            arguments = arguments();
        } else if (startsArgument()) {
            if (stream.isName("is")) {
                throw stream.fail("You cannot chain multiple tests with is");
            }
            descend();
            Expr argument = postfix(primary());
            ascend();
            arguments = new Expr.ArgumentList(List.of(argument), List.of(), List.of(), null, null);
        }
        Expr tested = new Expr.Tested(target, name, test, arguments, line);
        return negated ? new Expr.Not(tested) : tested;
    }

    private boolean startsArgument() {
        if (stream.is(TokenKind.NAME)) {
            return !stream.isName("else") && !stream.isName("or") && !stream.isName("and");
        }
        return stream.is(TokenKind.STRING)
                || stream.is(TokenKind.INTEGER)
                || stream.is(TokenKind.FLOAT)
                || stream.is(TokenKind.LBRACKET)
                || stream.is(TokenKind.LBRACE);
    }

    /** The arguments between the parentheses of one call: values, then named ones, with * and ** after the values. */
    private final class ArgumentReader {
        private final int line;
        private final List<Expr> values = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final List<Expr> named = new ArrayList<>();
        private Expr more;
        private Expr moreNamed;

        ArgumentReader(int line) {
            this.line = line;
        }

        void read() {
            if (stream.skipIf(TokenKind.MUL)) {
                ensure(more == null && moreNamed == null);
                more = expression();
            } else if (stream.skipIf(TokenKind.POW)) {
                ensure(moreNamed == null);
                moreNamed = expression();
            } else if (stream.is(TokenKind.NAME) && stream.look().is(TokenKind.ASSIGN)) {
                ensure(moreNamed == null);
                String name = stream.next().text();
                stream.next();
                ensure(!names.contains(name));
                names.add(name);
                named.add(expression());
            } else {
                ensure(more == null && moreNamed == null && names.isEmpty());
                values.add(expression());
            }
        }

        private void ensure(boolean valid) {
            if (!valid) {
                throw ChatTemplateException.syntax("invalid syntax for function call expression", line);
            }
        }

        Expr.ArgumentList list() {
            return new Expr.ArgumentList(values, names, named, more, moreNamed);
        }
    }
}
