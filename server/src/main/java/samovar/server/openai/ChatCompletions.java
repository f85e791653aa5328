package samovar.server.openai;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import samovar.chat.ChatMessage;
import samovar.generate.GenerationEvent;
import samovar.server.http.ClientConnection;
import samovar.server.http.ClientGone;
import samovar.server.http.EventStream;
import samovar.server.http.HttpFault;
import samovar.server.http.RequestBody;
import samovar.server.inference.ChatModels;
import samovar.server.inference.Loading;
import samovar.server.inference.Turn;
import samovar.task.TaskException;
import samovar.wire.ChatCompletion;
import samovar.wire.ChatCompletionChunk;
import samovar.wire.ChatCompletionRequest;
import samovar.wire.ErrorBody;
import samovar.wire.SseEvent;

/** {@code POST /v1/chat/completions}. While a turn runs, its handler keeps looking whether the client is still there. */
final class ChatCompletions {
    private static final Logger LOG = LoggerFactory.getLogger(ChatCompletions.class);
    private static final int LOOK_MILLIS = 10;

    private final ChatModels models;
    private final AtomicInteger underWay = new AtomicInteger();

    ChatCompletions(ChatModels models) {
        this.models = models;
    }

    void answer(Context context) throws IOException {
        ChatCompletionRequest request = ChatCompletionRequest.ofJson(RequestBody.read(context));
        refuseImages(request.messages());
        ClientConnection client = ClientConnection.of(context);
        Turn turn = new Turn(request.toChatRequest());
        underWay.incrementAndGet();
        try {
            submit(request, turn, client);
            ChatCompletionChunk.Head head = new ChatCompletionChunk.Head(
                    "chatcmpl-" + UUID.randomUUID().toString().replace("-", ""),
                    System.currentTimeMillis() / 1000,
                    request.model());
            if (request.stream()) {
                stream(new Answer(head, request, turn, client), new EventStream(context));
            } else {
                whole(new Answer(head, request, turn, client), context);
            }
        } finally {
            turn.cancel();
            client.release();
            underWay.decrementAndGet();
        }
    }

    /** How many answers are being written. */
    int underWay() {
        return underWay.get();
    }

    /** All that belongs to one answer. */
    private record Answer(
            ChatCompletionChunk.Head head, ChatCompletionRequest request, Turn turn, ClientConnection client) {
        /** The next event. */
        GenerationEvent next() {
            for (; ; ) {
                GenerationEvent event = turn.next(LOOK_MILLIS);
                if (client.isGone()) {
                    turn.cancel();
                    throw new ClientGone();
                }
                if (event != null) {
                    return event;
                }
            }
        }

        List<Integer> idsIfAsked(List<Integer> ids) {
            return request.returnTokenIds() ? ids : List.of();
        }
    }

    private void submit(ChatCompletionRequest request, Turn turn, ClientConnection client) {
        for (int attempt = 0; ; attempt++) {
            Loading loading = models.load(request.model(), request.dtype());
            while (!loading.await(LOOK_MILLIS)) {
                if (client.isGone()) {
                    throw new ClientGone();
                }
            }
            try {
                models.submit(loading, turn);
                return;
            } catch (TaskException e) {
                // It was put away for another model between the two calls: once more.
                if (e.kind() != TaskException.Kind.CLOSED || attempt > 0) {
                    throw e;
                }
            }
        }
    }

    private static void whole(Answer answer, Context context) {
        for (; ; ) {
            if (answer.next() instanceof GenerationEvent.Finished finished) {
                ChatCompletion completion = new ChatCompletion(
                        answer.head().id(),
                        answer.head().createdSeconds(),
                        answer.head().model(),
                        finished.text(),
                        answer.idsIfAsked(finished.tokenIds()),
                        orRefused(finished).reason(),
                        finished.usage(),
                        finished.timings());
                context.status(200).contentType("application/json").header("Cache-Control", "no-store");
                context.result(completion.toJson());
                return;
            }
        }
    }

    private static void stream(Answer answer, EventStream out) {
        try {
            List<Integer> told = new ArrayList<>();
            GenerationEvent event = answer.next();
            out.send(ChatCompletionChunk.role(answer.head()).toJson());
            while (event instanceof GenerationEvent.Delta delta) {
                told.addAll(delta.tokenIds());
                if (!delta.text().isEmpty() || answer.request().returnTokenIds()) {
                    out.send(ChatCompletionChunk.text(answer.head(), delta.text(), answer.idsIfAsked(delta.tokenIds()))
                            .toJson());
                }
                event = answer.next();
            }
            finish(answer, orRefused((GenerationEvent.Finished) event), told.size(), out);
        } catch (RuntimeException failure) {
            out.fail(failure);
        }
    }

    private static void finish(Answer answer, GenerationEvent.Finished finished, int told, EventStream out) {
        List<Integer> ids = finished.tokenIds();
        List<Integer> rest = told < ids.size() ? ids.subList(told, ids.size()) : List.of();
        out.send(ChatCompletionChunk.finish(
                        answer.head(), finished.reason(), answer.idsIfAsked(rest), finished.timings())
                .toJson());
        if (answer.request().includeUsage()) {
            out.send(ChatCompletionChunk.usage(answer.head(), finished.usage()).toJson());
        }
        out.send(SseEvent.DONE);
        LOG.debug(
                "{} {} in {} ms",
                answer.head().model(),
                finished.usage(),
                finished.timings().totalMillis());
    }

    /** A turn that was cancelled while its client waits: the server is stopping. */
    private static GenerationEvent.Finished orRefused(GenerationEvent.Finished finished) {
        return switch (finished.reason()) {
            case STOP, LENGTH -> finished;
            case CANCELLED ->
                throw new TaskException(TaskException.Kind.CLOSED, "the server is stopping", "Ask again later.");
        };
    }

    private static void refuseImages(List<ChatMessage> messages) {
        for (int i = 0; i < messages.size(); i++) {
            List<Map<?, ?>> parts = messages.get(i).parts();
            for (int j = 0; j < parts.size(); j++) {
                if (!"text".equals(parts.get(j).get("type"))) {
                    throw new HttpFault(
                            400,
                            new ErrorBody(
                                    "This model reads text alone; the part is of the type "
                                            + parts.get(j).get("type") + ".",
                                    ErrorBody.INVALID_REQUEST,
                                    "messages[" + i + "].content[" + j + "]",
                                    "unsupported_value"));
                }
            }
        }
    }
}
