package samovar.server.openai;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import samovar.generate.GenerationEvent;
import samovar.json.JsonWriter;
import samovar.server.http.EventStream;
import samovar.server.inference.CaptionTurn;
import samovar.task.CaptionAnswer;
import samovar.task.CaptionResult;
import samovar.wire.ChatCompletion;
import samovar.wire.ChatCompletionChunk;
import samovar.wire.ChatCompletionRequest;
import samovar.wire.SseEvent;

/** Writes one turn's events as a chat completion, whole or in chunks. */
final class ChatAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(ChatAnswer.class);

    private final ChatCompletionRequest request;
    private final Turns.Waited turn;
    private final Reading reading;
    private final ChatCompletionChunk.Head head;

    ChatAnswer(ChatCompletionRequest request, Turns.Waited turn, Reading reading) {
        this.request = request;
        this.turn = turn;
        this.reading = reading;
        this.head = new ChatCompletionChunk.Head(
                "chatcmpl-" + UUID.randomUUID().toString().replace("-", ""),
                System.currentTimeMillis() / 1000,
                request.model());
    }

    /** What a model's words are to the client. */
    interface Reading {
        /** Of a model that chats: the words are the answer. */
        Reading WORDS = new Reading() {
            @Override
            public boolean showsWords() {
                return true;
            }

            @Override
            public String content(GenerationEvent.Finished finished) {
                return finished.text();
            }

            @Override
            public Map<String, Object> result() {
                return Map.of();
            }
        };

        /** Whether the words are shown as they come. */
        boolean showsWords();

        /** The whole answer, when the turn has ended. */
        String content(GenerationEvent.Finished finished);

        /** What was found in a picture, by task token, when the turn has ended; else empty. */
        Map<String, Object> result();

        /**
         * Of a model that looks at pictures.
         *
         * @param inWords whether the task answers in words; if not, the content is the result as JSON, as no client could read the
         *     model's words
         */
        static Reading of(CaptionTurn turn, boolean inWords) {
            return new Reading() {
                @Override
                public boolean showsWords() {
                    return inWords;
                }

                @Override
                public String content(GenerationEvent.Finished finished) {
                    CaptionResult result = turn.answer().result();
                    return result instanceof CaptionResult.Text words
                            ? words.text()
                            : JsonWriter.write(result.toJson());
                }

                @Override
                public Map<String, Object> result() {
                    CaptionAnswer answer = turn.answer();
                    Map<String, Object> result = new LinkedHashMap<>();
                    result.put(answer.task(), answer.result().toJson());
                    return result;
                }
            };
        }
    }

    void write(Context context) {
        if (request.stream()) {
            stream(new EventStream(context));
        } else {
            whole(context);
        }
    }

    private void whole(Context context) {
        GenerationEvent.Finished finished = turn.finished();
        ChatCompletion completion = new ChatCompletion(
                head.id(),
                head.createdSeconds(),
                head.model(),
                reading.content(finished),
                idsIfAsked(finished.tokenIds()),
                finished.reason(),
                finished.usage(),
                finished.timings(),
                reading.result());
        context.status(200).contentType("application/json").header("Cache-Control", "no-store");
        context.result(completion.toJson());
    }

    private void stream(EventStream out) {
        try {
            StringBuilder told = new StringBuilder();
            List<Integer> toldIds = new ArrayList<>();
            GenerationEvent event = turn.next();
            out.send(ChatCompletionChunk.role(head).toJson());
            while (event instanceof GenerationEvent.Delta delta) {
                if (reading.showsWords() && (!delta.text().isEmpty() || request.returnTokenIds())) {
                    out.send(ChatCompletionChunk.text(head, delta.text(), idsIfAsked(delta.tokenIds()))
                            .toJson());
                    told.append(delta.text());
                    toldIds.addAll(delta.tokenIds());
                }
                event = turn.next();
            }
            GenerationEvent.Finished finished = (GenerationEvent.Finished) event;
            tellRest(reading.content(finished), told, out);
            finish(finished, toldIds.size(), out);
        } catch (RuntimeException failure) {
            out.fail(failure);
        }
    }

    /** All of it, where the words were not shown as they came. */
    private void tellRest(String content, CharSequence told, EventStream out) {
        if (content.length() > told.length() && content.startsWith(told.toString())) {
            out.send(ChatCompletionChunk.text(head, content.substring(told.length()), List.of())
                    .toJson());
        }
    }

    private void finish(GenerationEvent.Finished finished, int told, EventStream out) {
        List<Integer> ids = finished.tokenIds();
        List<Integer> rest = told < ids.size() ? ids.subList(told, ids.size()) : List.of();
        out.send(ChatCompletionChunk.finish(head, finished.reason(), idsIfAsked(rest), finished.timings())
                .withResult(reading.result())
                .toJson());
        if (request.includeUsage()) {
            out.send(ChatCompletionChunk.usage(head, finished.usage()).toJson());
        }
        out.send(SseEvent.DONE);
        LOG.debug(
                "{} {} in {} ms",
                head.model(),
                finished.usage(),
                finished.timings().totalMillis());
    }

    private List<Integer> idsIfAsked(List<Integer> ids) {
        return request.returnTokenIds() ? ids : List.of();
    }
}
