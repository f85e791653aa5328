package samovar.client.ui;

import java.util.ArrayList;
import java.util.List;
import samovar.chat.ChatMessage;

/** What was asked and answered so far, wherever it was answered: it outlives places and models. */
final class Conversation {
    private final List<Exchange> exchanges = new ArrayList<>();

    /** A new question, whose answer is to come. */
    Exchange ask(String question) {
        Exchange exchange = new Exchange(question);
        exchanges.add(exchange);
        return exchange;
    }

    boolean isEmpty() {
        return exchanges.isEmpty();
    }

    /** The newest exchange; null where there is none. */
    Exchange last() {
        return exchanges.isEmpty() ? null : exchanges.get(exchanges.size() - 1);
    }

    void clear() {
        exchanges.clear();
    }

    /**
     * The conversation up to the newest question, as a model is asked. Earlier questions that never got an answer are left out: templates
     * want the two to take turns.
     *
     * @param system the system prompt; empty for the model's own
     */
    List<ChatMessage> messages(String system) {
        List<ChatMessage> messages = new ArrayList<>();
        if (!system.isBlank()) {
            messages.add(ChatMessage.system(system.trim()));
        }
        for (Exchange exchange : exchanges) {
            boolean newest = exchange == last();
            if (newest || !exchange.answer().isEmpty()) {
                messages.add(ChatMessage.user(exchange.question()));
            }
            if (!newest && !exchange.answer().isEmpty()) {
                messages.add(ChatMessage.assistant(exchange.answer()));
            }
        }
        return messages;
    }
}
