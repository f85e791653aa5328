package samovar.task;

import java.util.Optional;
import samovar.chat.ChatTemplate;
import samovar.config.GenerationDefaults;
import samovar.config.ModelConfig;
import samovar.dtype.DtypePlan;
import samovar.hub.FileSource;
import samovar.hub.RepoId;
import samovar.hub.Revision;
import samovar.json.Json;
import samovar.tokenizer.Tokenizer;

/** The small text files of a chat model, read and understood before any weights move. */
final class ChatFiles {
    private static final String TOKENIZER_CONFIG = "tokenizer_config.json";

    final ModelConfig config;
    final GenerationDefaults defaults;
    final Tokenizer tokenizer;
    final ChatTemplate template;

    private ChatFiles(ModelConfig config, GenerationDefaults defaults, Tokenizer tokenizer, ChatTemplate template) {
        this.config = config;
        this.defaults = defaults;
        this.tokenizer = tokenizer;
        this.template = template;
    }

    /** May await in the browser. */
    static ChatFiles read(PlatformPorts ports, DtypePlan plan) {
        RepoId repo = plan.repo();
        Revision commit = new Revision(plan.commit());
        FileSource files = ports.files();
        ModelConfig config = ModelConfig.parse(files.readText(repo, commit, "config.json"));
        Optional<String> generation = files.findText(repo, commit, "generation_config.json");
        GenerationDefaults defaults = generation.isPresent()
                ? GenerationDefaults.of(Json.parse(generation.get(), "generation_config.json"), config)
                : GenerationDefaults.of(config);
        Json tokenizerJson = Json.parse(files.readText(repo, commit, "tokenizer.json"), "tokenizer.json");
        String tokenizerConfig = files.findText(repo, commit, TOKENIZER_CONFIG).orElse("null");
        Tokenizer tokenizer =
                Tokenizer.of(tokenizerJson, Json.parse(tokenizerConfig, TOKENIZER_CONFIG), ports.normalizer());
        // A file of its own goes before the text in tokenizer_config.json, as in transformers.
        Optional<String> template = files.findText(repo, commit, "chat_template.jinja");
        if (template.isEmpty()) {
            template = tokenizer.chatTemplate();
        }
        if (template.isEmpty()) {
            throw new TaskException(
                    TaskException.Kind.NO_CHAT_TEMPLATE,
                    repo + " ships no chat template: neither chat_template.jinja nor chat_template in "
                            + TOKENIZER_CONFIG,
                    "Take the instruction-tuned variant of the model (often named Instruct or it).");
        }
        return new ChatFiles(config, defaults, tokenizer, ChatTemplate.compile(template.get(), repo.toString()));
    }
}
