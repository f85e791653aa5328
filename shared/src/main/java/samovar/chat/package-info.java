/**
 * Chat templates: a conversation comes in as {@link samovar.chat.ChatMessage}s, the prompt text that the model was trained
 * on goes out. {@link samovar.chat.ChatTemplate} compiles the Jinja source that a model ships (tokenizer_config.json,
 * chat_template.jinja) once and renders it many times, as jinja2's immutable sandbox does under transformers
 * (trim_blocks and lstrip_blocks on, loop controls, generation blocks).
 *
 * <p>In order: lexer, parser, a sealed tree of statements and expressions that evaluate themselves, and below them
 * Python's values, operators, methods, filters and tests. Nothing here reads a clock, a file or a locale.
 */
package samovar.chat;
