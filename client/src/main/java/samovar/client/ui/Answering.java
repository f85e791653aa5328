package samovar.client.ui;

import java.util.List;
import samovar.chat.ChatMessage;
import samovar.generate.GenerationEvent;
import samovar.generate.GenerationException;
import samovar.platform.CancellationFlag;
import samovar.task.ChatBackend;
import samovar.task.ChatRequest;
import samovar.task.TaskException;

/** The conversation and the answer in the making. Only {@link #answer} awaits. */
final class Answering {
    private final Conversation conversation = new Conversation();
    private final SettingsView settings;
    private final LogView log;
    private final Composer composer;
    private CancellationFlag running;
    private boolean pending;

    Answering(SettingsView settings, LogView log, Composer composer) {
        this.settings = settings;
        this.log = log;
        this.composer = composer;
    }

    /** Whether a question waits for its answer, or is getting it. */
    boolean isPending() {
        return pending;
    }

    /** Whether the newest answer has any text. */
    boolean hasBegun() {
        Exchange exchange = conversation.last();
        return exchange != null && !exchange.answer().isEmpty();
    }

    /** A new question. @return false while another one is pending; nothing happens then */
    boolean ask(String question) {
        if (pending) {
            return false;
        }
        pending = true;
        log.add(conversation.ask(question));
        return true;
    }

    /** The newest question shall be answered once more, from its beginning. */
    void reopen() {
        Exchange exchange = conversation.last();
        if (exchange != null && !pending && exchange.state() != Exchange.State.WRITING) {
            pending = true;
            exchange.restart();
            log.begin(exchange);
        }
    }

    /** Ends the answer in the making after its next token. Never awaits. */
    void stop() {
        if (running != null) {
            running.raise();
        }
    }

    void clear() {
        conversation.clear();
        log.clear();
        pending = false;
    }

    /**
     * Answers the pending question.
     *
     * @throws TaskException if the backend can't; what it had said is kept, and the question is no longer pending
     */
    void answer(ChatBackend backend, ModelCard model) {
        Exchange exchange = conversation.last();
        running = new CancellationFlag();
        composer.running(true);
        try {
            List<ChatMessage> messages = conversation.messages(settings.systemPrompt());
            ChatRequest request = new ChatRequest(model.id(), messages, settings.settings());
            GenerationEvent.Finished finished = backend.chat(request, event -> grow(exchange, event), running);
            exchange.finish(finished.text(), Figures.of(finished));
        } catch (GenerationException refused) {
            exchange.breakOff();
            throw new TaskException(TaskException.Kind.INVALID_REQUEST, refused.getMessage(), "", refused);
        } catch (TaskException failed) {
            exchange.breakOff();
            throw failed;
        } catch (RuntimeException broken) {
            exchange.breakOff();
            throw new TaskException(
                    TaskException.Kind.RUN,
                    "the answer broke off: "
                            + (broken.getMessage() == null ? broken.getClass().getSimpleName() : broken.getMessage()),
                    "Ask again; if that fails too, reload the page.",
                    broken);
        } finally {
            pending = false;
            running = null;
            composer.running(false);
            log.ended();
        }
    }

    private void grow(Exchange exchange, GenerationEvent event) {
        if (event instanceof GenerationEvent.Delta delta) {
            exchange.append(delta.text());
            log.grown(delta.text());
        }
    }
}
