package samovar.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a template: text, print statements and the tags that jinja2 has under transformers, but for those that need other templates. */
final class StatementParser {
    private static final Set<String> NEEDS_OTHERS =
            Set.of("block", "extends", "include", "import", "from", "autoescape");

    private final TokenStream stream;
    private final Symbols symbols;
    private final ExpressionParser expressions;
    private final TargetParser targets;
    private final List<List<String>> endTags = new ArrayList<>();
    private final List<String> openTags = new ArrayList<>();
    private int loops;
    private ChatTemplateException misplacedControl;

    private StatementParser(TokenStream stream, Symbols symbols) {
        this.stream = stream;
        this.symbols = symbols;
        this.expressions = new ExpressionParser(stream, symbols);
        this.targets = new TargetParser(stream, symbols, expressions);
    }

    static List<Stmt> parse(String source, Symbols symbols) {
        StatementParser parser = new StatementParser(new TokenStream(Lexer.tokens(source)), symbols);
        List<Stmt> statements = parser.statements(List.of());
        parser.expressions.failIfUnknown();
        if (parser.misplacedControl != null) {
            throw parser.misplacedControl;
        }
        return statements;
    }

    /** Statements up to one of the tags, which stays to be read, or up to the end of the template. */
    private List<Stmt> statements(List<String> ends) {
        List<Stmt> body = new ArrayList<>();
        while (!stream.is(TokenKind.EOF)) {
            Token token = stream.next();
            if (token.is(TokenKind.DATA)) {
                body.add(new Stmt.Data(token.text()));
            } else if (token.is(TokenKind.VARIABLE_BEGIN)) {
                body.add(new Stmt.Print(expressions.tuple(true, false), token.line()));
                stream.expect(TokenKind.VARIABLE_END);
            } else {
                if (stream.is(TokenKind.NAME) && ends.contains(stream.current().text())) {
                    return body;
                }
                statement(body);
                stream.expect(TokenKind.BLOCK_END);
            }
        }
        return body;
    }

    /** Like {@link #branch} for a tag whose body jinja2 compiles by itself. */
    private String body(List<Stmt> into, String... ends) {
        int known = expressions.unknownCount();
        String end = branch(into, ends);
        expressions.keepUnknown(known);
        return end;
    }

    /** The body of a tag: from the end of the tag to one of the closing tags, whose name is left behind and given back. */
    private String branch(List<Stmt> into, String... ends) {
        stream.skipIf(TokenKind.COLON);
        stream.expect(TokenKind.BLOCK_END);
        List<String> names = List.of(ends);
        endTags.add(names);
        expressions.descend();
        into.addAll(statements(names));
        expressions.ascend();
        if (stream.is(TokenKind.EOF)) {
            throw misplaced(null, stream.line());
        }
        endTags.remove(endTags.size() - 1);
        return stream.next().text();
    }

    private void statement(List<Stmt> into) {
        Token token = stream.current();
        if (!token.is(TokenKind.NAME)) {
            throw stream.fail("tag name expected");
        }
        openTags.add(token.text());
        int line = token.line();
        switch (token.text()) {
            case "for" -> into.add(forLoop(line));
            case "if" -> into.add(ifStatement());
            case "set" -> into.add(set(line));
            case "macro" -> into.add(macro(line));
            case "call" -> into.add(callBlock(line));
            case "filter" -> into.add(filterBlock(line));
            case "with" -> into.add(with(line));
            case "generation" -> into.add(generation());
            case "break" -> into.add(control(Signal.BREAK));
            case "continue" -> into.add(control(Signal.CONTINUE));
            case "print" -> print(into, line);
            default -> {
                openTags.remove(openTags.size() - 1);
                throw misplaced(token.text(), line);
            }
        }
        openTags.remove(openTags.size() - 1);
    }

    private boolean isExpectedLater(String tag) {
        for (List<String> ends : endTags) {
            if (ends.contains(tag)) {
                return true;
            }
        }
        return false;
    }

    /** @param tag a tag that cannot stand here, or null at the end of the template */
    private ChatTemplateException misplaced(String tag, int line) {
        if (tag != null && NEEDS_OTHERS.contains(tag)) {
            return ChatTemplateException.syntax(
                    "the tag " + Repr.quote(tag) + " is not supported: a chat template stands alone", line);
        }
        StringBuilder reason = new StringBuilder(
                tag == null ? "Unexpected end of template." : "Encountered unknown tag " + Repr.quote(tag) + ".");
        if (!endTags.isEmpty()) {
            boolean expectedLater = tag != null && isExpectedLater(tag);
            reason.append(
                    expectedLater
                            ? " You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for "
                            : " Jinja was looking for the following tags: ");
            String separator = "";
            for (String end : endTags.get(endTags.size() - 1)) {
                reason.append(separator).append(Repr.quote(end));
                separator = " or ";
            }
            reason.append('.');
        }
        if (!openTags.isEmpty()) {
            String innermost = openTags.get(openTags.size() - 1);
            reason.append(" The innermost block that needs to be closed is ")
                    .append(Repr.quote(innermost))
                    .append('.');
        }
        return ChatTemplateException.syntax(reason.toString(), line);
    }

    private Stmt forLoop(int line) {
        stream.next();
        Stmt.Target target = targets.tuple(false);
        stream.expectName("in");
        Expr iterable = expressions.tuple(false, false);
        Expr filter = stream.skipIfName("if") ? expressions.expression() : null;
        boolean recursive = stream.skipIfName("recursive");
        List<Stmt> body = new ArrayList<>();
        List<Stmt> otherwise = new ArrayList<>();
        loops++;
        String end = body(body, "endfor", "else");
        loops--;
        if (end.equals("else")) {
            body(otherwise, "endfor");
        }
        return new ForLoop(target, iterable, filter, body, otherwise, recursive, line);
    }

    private Stmt ifStatement() {
        List<Expr> tests = new ArrayList<>();
        List<List<Stmt>> bodies = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        List<Stmt> otherwise = new ArrayList<>();
        int known = expressions.unknownCount();
        stream.next();
        String end;
        do {
            lines.add(stream.line());
            tests.add(expressions.tuple(false, false));
            List<Stmt> body = new ArrayList<>();
            end = branch(body, "elif", "else", "endif");
            bodies.add(body);
        } while (end.equals("elif"));
        if (end.equals("else")) {
            branch(otherwise, "endif");
        }
        // Branches that are not taken may name what does not exist here.
        expressions.forgiveUnknown(known);
        return new Stmt.If(tests, bodies, otherwise, lines);
    }

    private Stmt set(int line) {
        stream.next();
        Stmt.Target target = targets.tuple(true);
        if (stream.skipIf(TokenKind.ASSIGN)) {
            return new Stmt.Set(target, expressions.tuple(true, false), line);
        }
        Expr.Filtered filter = null;
        while (stream.skipIf(TokenKind.PIPE)) {
            filter = expressions.filter(filter);
        }
        List<Stmt> body = new ArrayList<>();
        body(body, "endset");
        return new Stmt.SetBlock(target, filter, body, line);
    }

    private Stmt filterBlock(int line) {
        stream.next();
        Expr.Filtered filter = expressions.filter(null);
        while (stream.skipIf(TokenKind.PIPE)) {
            filter = expressions.filter(filter);
        }
        List<Stmt> body = new ArrayList<>();
        body(body, "endfilter");
        return new Stmt.FilterBlock(filter, body, line);
    }

    private Stmt with(int line) {
        stream.next();
        List<Stmt.Target> names = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        while (!stream.is(TokenKind.BLOCK_END)) {
            if (!names.isEmpty()) {
                stream.expect(TokenKind.COMMA);
            }
            names.add(targets.tuple(false));
            stream.expect(TokenKind.ASSIGN);
            values.add(expressions.expression());
        }
        List<Stmt> body = new ArrayList<>();
        body(body, "endwith");
        return new Stmt.With(names, values, body, line);
    }

    private Stmt macro(int line) {
        stream.next();
        String name = stream.expect(TokenKind.NAME).text();
        return new Stmt.MacroDefinition(signature().code(name, "endmacro", line), symbols.id(name));
    }

    private Stmt callBlock(int line) {
        stream.next();
        Signature signature = stream.is(TokenKind.LPAREN) ? signature() : new Signature();
        if (!(expressions.expression() instanceof Expr.Call call)) {
            throw ChatTemplateException.syntax("expected call", line);
        }
        return new Stmt.CallBlock(call, signature.code(null, "endcall", line), line);
    }

    private Stmt generation() {
        stream.next();
        List<Stmt> body = new ArrayList<>();
        functionBody(body, "endgeneration");
        return new Stmt.Scoped(body);
    }

    /** A body that a loop around it cannot be left from. */
    private void functionBody(List<Stmt> into, String end) {
        int outside = loops;
        loops = 0;
        body(into, end);
        loops = outside;
    }

    private Stmt control(Signal signal) {
        Token token = stream.next();
        if (loops == 0) {
            String reason = token.text().equals("break") ? "'break' outside loop" : "'continue' not properly in loop";
            // Python's compiler finds it, after everything else.
            misplacedControl =
                    misplacedControl == null ? ChatTemplateException.syntax(reason, token.line()) : misplacedControl;
        }
        return new Stmt.Control(signal);
    }

    private void print(List<Stmt> into, int line) {
        stream.next();
        boolean first = true;
        while (!stream.is(TokenKind.BLOCK_END)) {
            if (!first) {
                stream.expect(TokenKind.COMMA);
            }
            first = false;
            into.add(new Stmt.Print(expressions.expression(), line));
        }
    }

    private Signature signature() {
        Signature signature = new Signature();
        stream.expect(TokenKind.LPAREN);
        while (!stream.is(TokenKind.RPAREN)) {
            if (!signature.parameters.isEmpty()) {
                stream.expect(TokenKind.COMMA);
            }
            String name = stream.expect(TokenKind.NAME).text();
            if (stream.skipIf(TokenKind.ASSIGN)) {
                signature.defaults.add(expressions.expression());
            } else if (!signature.defaults.isEmpty()) {
                throw stream.fail("non-default argument follows default argument");
            }
            if (signature.parameters.contains(name)) {
                throw stream.fail("duplicate argument " + Repr.quote(name) + " in function definition");
            }
            signature.parameters.add(name);
            signature.ids.add(symbols.id(name));
        }
        stream.expect(TokenKind.RPAREN);
        return signature;
    }

    /** The parameters of a macro or call block. */
    private final class Signature {
        private final List<String> parameters = new ArrayList<>();
        private final List<Integer> ids = new ArrayList<>();
        private final List<Expr> defaults = new ArrayList<>();

        Macro.Code code(String name, String end, int line) {
            int callers = expressions.mentions(Symbols.CALLER);
            int varargs = expressions.mentions(Symbols.VARARGS);
            int kwargs = expressions.mentions(Symbols.KWARGS);
            List<Stmt> body = new ArrayList<>();
            functionBody(body, end);
            boolean usesCaller = expressions.mentions(Symbols.CALLER) > callers;
            int explicit = parameters.indexOf("caller");
            if (usesCaller && explicit >= 0 && explicit < parameters.size() - defaults.size()) {
                throw ChatTemplateException.assertion(
                        "When defining macros or call blocks the special \"caller\" argument must be omitted or be given a"
                                + " default.",
                        line);
            }
            return new Macro.Code(
                    name,
                    parameters,
                    ids,
                    defaults,
                    body,
                    usesCaller,
                    expressions.mentions(Symbols.VARARGS) > varargs,
                    expressions.mentions(Symbols.KWARGS) > kwargs);
        }
    }
}
