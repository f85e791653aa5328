package samovar.task;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import samovar.chat.ChatMessage;
import samovar.generate.FinishReason;
import samovar.generate.GenerationEvent;
import samovar.generate.Timings;
import samovar.generate.Usage;

/**
 * What a {@link TextGenerationPipeline} answered.
 *
 * @param messages the conversation as it was given, with the answer as its last message
 * @param finished text, tokens, reason, usage and timings of the answer
 */
public record TextGeneration(List<ChatMessage> messages, GenerationEvent.Finished finished) {
    public TextGeneration {
        messages = List.copyOf(messages);
    }

    static TextGeneration of(List<ChatMessage> asked, GenerationEvent.Finished finished) {
        List<ChatMessage> messages = new ArrayList<>(asked);
        messages.add(ChatMessage.assistant(finished.text()));
        return new TextGeneration(Collections.unmodifiableList(messages), finished);
    }

    /** The assistant's answer. */
    public ChatMessage last() {
        return messages.get(messages.size() - 1);
    }

    /** The answer's text. */
    public String text() {
        return finished.text();
    }

    public FinishReason finishReason() {
        return finished.reason();
    }

    public Usage usage() {
        return finished.usage();
    }

    public Timings timings() {
        return finished.timings();
    }
}
