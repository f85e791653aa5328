package samovar.chat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A compiled chat template. Compile once, render many times; immutable, may be shared between threads.
 *
 * <pre>{@code
 * ChatTemplate template = ChatTemplate.compile(config.get("chat_template").asString(), "SmolLM2");
 * String prompt = template.render(List.of(ChatMessage.user("Hi")), TemplateContext.EMPTY.withGenerationPrompt(true));
 * }</pre>
 *
 * <p>The language is jinja2 3.1's as transformers sets it up, with these differences: integers have 64 bits; escape and
 * safe give plain texts; block, extends, include, import and autoescape are refused; random, lipsum and the filters for
 * web pages are missing. A rendering has a budget of steps, of text and of depth, whatever the template does.
 */
public final class ChatTemplate {
    private final String name;
    private final List<Stmt> statements;
    private final List<String> names;
    private final Map<String, Integer> ids;

    private ChatTemplate(String name, List<Stmt> statements, List<String> names) {
        this.name = name;
        this.statements = statements;
        this.names = names;
        this.ids = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            ids.put(names.get(i), i);
        }
    }

    /**
     * Reads a template's source.
     *
     * @param name what errors call it, a model's id for example
     * @throws ChatTemplateException of kind SYNTAX
     */
    public static ChatTemplate compile(String source, String name) {
        Symbols symbols = new Symbols();
        try {
            List<Stmt> statements = StatementParser.parse(source, symbols);
            return new ChatTemplate(name, statements, symbols.names());
        } catch (ChatTemplateException e) {
            throw e.at(name, 1);
        }
    }

    /** The name given to compile. */
    public String name() {
        return name;
    }

    /**
     * The prompt's text. The template sees {@code messages}, {@code add_generation_prompt}, {@code tools} and {@code
     * documents} (None where not given), the special tokens and the extra variables by their names.
     *
     * @throws ChatTemplateException of kind RUNTIME, RAISED or BUDGET
     */
    public String render(List<ChatMessage> messages, TemplateContext context) {
        List<Object> maps = new ArrayList<>(messages.size());
        for (ChatMessage message : messages) {
            maps.add(message.toMap());
        }
        Scope scope = Scope.outermost(names.size());
        setAll(scope, Globals.of(context.moment()));
        set(scope, "documents", null);
        setAll(scope, context.specialTokens());
        set(scope, "messages", maps);
        set(scope, "add_generation_prompt", context.addGenerationPrompt());
        set(scope, "tools", context.tools());
        setAll(scope, context.extra());
        return run(new Rendering(scope, context.moment()));
    }

    private String run(Rendering rendering) {
        try {
            rendering.exec(statements);
            return rendering.output();
        } catch (ChatTemplateException e) {
            throw e.at(name, rendering.line());
        }
    }

    private void setAll(Scope scope, Map<String, ?> variables) {
        for (Map.Entry<String, ?> variable : variables.entrySet()) {
            set(scope, variable.getKey(), variable.getValue());
        }
    }

    private void set(Scope scope, String variable, Object value) {
        Integer id = ids.get(variable);
        if (id != null) {
            scope.set(id, value);
        }
    }
}
