package samovar.task;

import java.util.List;
import java.util.Map;
import samovar.generate.GenerationException;
import samovar.generate.GenerationSettings;

/** What a request may ask of one model, beyond the ranges that {@link GenerationSettings} checks itself. */
final class RequestCheck {
    private final String model;
    private final int contextTokens;
    private final int vocabulary;

    RequestCheck(String model, int contextTokens, int vocabulary) {
        this.model = model;
        this.contextTokens = contextTokens;
        this.vocabulary = vocabulary;
    }

    void settings(ChatRequest request) {
        GenerationSettings settings = request.settings();
        if (settings.numBeams() != null && settings.numBeams() != 1) {
            throw new TaskException(
                    TaskException.Kind.INVALID_REQUEST,
                    "num_beams: " + settings.numBeams() + " was asked, and chat allows 1",
                    "Leave num_beams out; for variety ask for a temperature.");
        }
        tokens(settings);
    }

    /** Token ids of settings must be the model's. */
    void tokens(GenerationSettings settings) {
        Map<Integer, Double> bias = settings.logitBias();
        tokens("logit_bias", bias == null ? List.of() : List.copyOf(bias.keySet()));
        tokens("suppress_tokens", settings.suppressTokens());
        tokens("begin_suppress_tokens", settings.beginSuppressTokens());
        token("forced_bos_token_id", settings.forcedBosTokenId());
        token("forced_eos_token_id", settings.forcedEosTokenId());
        if (settings.badWordsIds() != null) {
            for (List<Integer> word : settings.badWordsIds()) {
                tokens("bad_words_ids", word);
            }
        }
    }

    private void tokens(String field, List<Integer> ids) {
        if (ids != null) {
            for (Integer id : ids) {
                token(field, id);
            }
        }
    }

    private void token(String field, Integer id) {
        if (id != null && id >= vocabulary) {
            throw new GenerationException(
                    field, "expected token ids from 0 to " + (vocabulary - 1) + " for " + model + ", found " + id);
        }
    }

    /** At least one token must fit behind the prompt. */
    void prompt(int tokens) {
        if (tokens >= contextTokens) {
            throw new TaskException(
                    TaskException.Kind.PROMPT_TOO_LONG,
                    "messages: the conversation has " + tokens + " tokens, and " + model + " holds " + contextTokens
                            + " of prompt and answer together",
                    "Shorten the messages, or start a new conversation.");
        }
        if (tokens == 0) {
            throw new TaskException(
                    TaskException.Kind.INVALID_REQUEST,
                    "messages: the chat template of " + model + " makes an empty prompt of them",
                    "Send a message with content.");
        }
    }
}
