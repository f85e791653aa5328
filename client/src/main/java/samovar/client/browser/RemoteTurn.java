package samovar.client.browser;

import java.util.ArrayList;
import java.util.List;
import samovar.client.js.Globals;
import samovar.generate.FinishReason;
import samovar.generate.GenerationEvent;
import samovar.generate.GenerationListener;
import samovar.generate.Timings;
import samovar.generate.Usage;
import samovar.json.Json;
import samovar.wire.ChatCompletionChunk;
import samovar.wire.SseEvent;

/** One answer as it comes in chunks. Times are this side's own where the server does not tell its. */
final class RemoteTurn {
    private final String model;
    private final GenerationListener listener;
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> tokenIds = new ArrayList<>();
    private final double start = Globals.performanceNow();
    private double firstAt;
    private FinishReason reason;
    private Usage usage;
    private Timings timings;

    RemoteTurn(String model, GenerationListener listener) {
        this.model = model;
        this.listener = listener;
    }

    boolean hasBegun() {
        return firstAt > 0;
    }

    void add(SseEvent event) {
        ChatCompletionChunk chunk = ChatCompletionChunk.ofJson(Json.parse(event.data(), "the answer of " + model));
        tokenIds.addAll(chunk.tokenIds());
        if (chunk.content() != null
                && (!chunk.content().isEmpty() || !chunk.tokenIds().isEmpty())) {
            if (firstAt == 0) {
                firstAt = Globals.performanceNow();
            }
            text.append(chunk.content());
            listener.on(new GenerationEvent.Delta(chunk.content(), chunk.tokenIds()));
        }
        reason = chunk.finishReason() != null ? chunk.finishReason() : reason;
        usage = chunk.usage() != null ? chunk.usage() : usage;
        timings = chunk.timings() != null ? chunk.timings() : timings;
    }

    GenerationEvent.Finished finished() {
        return end(reason == null ? FinishReason.STOP : reason);
    }

    GenerationEvent.Finished cancelled() {
        return end(FinishReason.CANCELLED);
    }

    private GenerationEvent.Finished end(FinishReason why) {
        Usage counted = usage == null ? new Usage(0, tokenIds.size()) : usage;
        GenerationEvent.Finished finished = new GenerationEvent.Finished(
                text.toString(), tokenIds, why, counted, timings == null ? ownTimings(counted) : timings);
        listener.on(finished);
        return finished;
    }

    private Timings ownTimings(Usage counted) {
        double now = Globals.performanceNow();
        if (firstAt == 0) {
            return new Timings(now - start, now - start, 0);
        }
        int later = counted.completionTokens() - 1;
        double seconds = (now - firstAt) / 1000;
        return new Timings(firstAt - start, now - start, later < 1 || seconds <= 0 ? 0 : later / seconds);
    }
}
