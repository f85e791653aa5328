package samovar.task;

import java.util.Optional;
import java.util.stream.IntStream;
import samovar.config.GenerationDefaults;
import samovar.config.ModelConfig;
import samovar.config.ModelFamily;
import samovar.config.PreprocessorConfig;
import samovar.dtype.DtypePlan;
import samovar.hub.FileSource;
import samovar.hub.RepoId;
import samovar.hub.Revision;
import samovar.json.Json;
import samovar.tokenizer.StreamDecoder;
import samovar.tokenizer.Tokenizer;

/** The small text files of a Florence-2, read and understood before any weights move. */
final class Florence2Files {
    final ModelConfig config;
    final GenerationDefaults defaults;
    final Tokenizer tokenizer;
    final Florence2Processor processor;

    private Florence2Files(
            ModelConfig config, GenerationDefaults defaults, Tokenizer tokenizer, Florence2Processor processor) {
        this.config = config;
        this.defaults = defaults;
        this.tokenizer = tokenizer;
        this.processor = processor;
    }

    /**
     * May await in the browser.
     *
     * @throws TaskException UNSUPPORTED_MODEL if the plan is of another family
     */
    static Florence2Files read(PlatformPorts ports, DtypePlan plan) {
        if (plan.family() != ModelFamily.FLORENCE_2) {
            throw new TaskException(
                    TaskException.Kind.UNSUPPORTED_MODEL,
                    plan.repo() + " is a model of the family " + plan.family().label() + "; captions want the family "
                            + ModelFamily.FLORENCE_2.label(),
                    "Choose a Florence-2, or the pipeline of that family.");
        }
        RepoId repo = plan.repo();
        Revision commit = new Revision(plan.commit());
        FileSource files = ports.files();
        ModelConfig config = ModelConfig.parse(files.readText(repo, commit, "config.json"));
        Optional<String> generation = files.findText(repo, commit, "generation_config.json");
        GenerationDefaults defaults = generation.isPresent()
                ? GenerationDefaults.of(Json.parse(generation.get(), "generation_config.json"), config)
                : GenerationDefaults.of(config);
        Tokenizer tokenizer = tokenizer(ports, repo, commit);
        return new Florence2Files(config, defaults, tokenizer, processor(ports, repo, commit));
    }

    static Tokenizer tokenizer(PlatformPorts ports, RepoId repo, Revision revision) {
        Json tokenizer = Json.parse(ports.files().readText(repo, revision, "tokenizer.json"), "tokenizer.json");
        String config =
                ports.files().findText(repo, revision, "tokenizer_config.json").orElse("null");
        return Tokenizer.of(tokenizer, Json.parse(config, "tokenizer_config.json"), ports.normalizer());
    }

    static Florence2Processor processor(PlatformPorts ports, RepoId repo, Revision revision) {
        return new Florence2Processor(
                PreprocessorConfig.parse(ports.files().readText(repo, revision, "preprocessor_config.json")));
    }

    /**
     * What the decoder begins with.
     *
     * @throws TaskException UNSUPPORTED_MODEL if neither generation_config.json nor config.json says
     */
    int decoderStart() {
        Integer start = defaults.decoderStartTokenId() != null ? defaults.decoderStartTokenId() : defaults.bosTokenId();
        if (start == null) {
            throw new TaskException(
                    TaskException.Kind.UNSUPPORTED_MODEL,
                    "generation_config.json and config.json name no decoder_start_token_id",
                    "Choose a Florence-2 made for Transformers.js.");
        }
        return start;
    }

    /** A decoder of answers that leaves out what begins and ends them, but not locations and other signs. */
    StreamDecoder words() {
        IntStream.Builder frame = IntStream.builder();
        defaults.eosTokenIds().forEach(frame::add);
        if (defaults.bosTokenId() != null) {
            frame.add(defaults.bosTokenId());
        }
        if (defaults.padTokenId() != null) {
            frame.add(defaults.padTokenId());
        }
        frame.add(decoderStart());
        return tokenizer.streamDecoderWithout(frame.build().toArray());
    }
}
