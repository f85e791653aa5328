package samovar.client.browser;

import java.util.List;
import java.util.Optional;
import samovar.client.js.Globals;
import samovar.generate.FinishReason;
import samovar.generate.GenerationEvent;
import samovar.generate.GenerationListener;
import samovar.generate.Timings;
import samovar.generate.Usage;
import samovar.image.ImageHeader;
import samovar.image.ImageSize;
import samovar.json.Json;
import samovar.task.CaptionAnswer;
import samovar.task.CaptionRequest;
import samovar.task.CaptionResult;
import samovar.wire.CaptionDelta;
import samovar.wire.CaptionResponse;
import samovar.wire.SseEvent;

/** One picture's answer as it comes from a server: pieces of text, then the whole. */
final class RemoteCaption {
    private final CaptionRequest request;
    private final GenerationListener listener;
    private final StringBuilder text = new StringBuilder();
    private final double start = Globals.performanceNow();
    private CaptionResponse whole;

    RemoteCaption(CaptionRequest request, GenerationListener listener) {
        this.request = request;
        this.listener = listener;
    }

    boolean hasBegun() {
        return text.length() > 0;
    }

    void add(SseEvent event) {
        Json data = Json.parse(event.data(), "the answer of " + request.model());
        Optional<CaptionDelta> delta = CaptionDelta.find(data);
        if (delta.isPresent()) {
            text.append(delta.get().text());
            listener.on(new GenerationEvent.Delta(delta.get().text(), List.of()));
        } else {
            whole = CaptionResponse.ofJson(data);
        }
    }

    CaptionAnswer finished() {
        if (whole == null) {
            throw RemoteFaults.broken("the stream ended without a result", hasBegun(), null);
        }
        return end(whole.task(), whole.result(), whole.text(), whole.reason(), whole.usage(), whole.timings());
    }

    /** What was there when the visitor stopped it, as plain words. */
    CaptionAnswer cancelled() {
        String words = text.toString();
        return end(request.task(), new CaptionResult.Text(words), words, FinishReason.CANCELLED, null, null);
    }

    private CaptionAnswer end(
            String task, CaptionResult result, String words, FinishReason reason, Usage usage, Timings timings) {
        double millis = Globals.performanceNow() - start;
        GenerationEvent.Finished finished = new GenerationEvent.Finished(
                words,
                List.of(),
                reason,
                usage == null ? new Usage(0, 0) : usage,
                timings == null ? new Timings(millis, millis, 0) : timings);
        listener.on(finished);
        return new CaptionAnswer(task, result, size(), finished);
    }

    /** As the server decoded it; as the file's header has it where the server did not get so far. */
    private ImageSize size() {
        if (whole != null && whole.size() != null) {
            return whole.size();
        }
        ImageHeader header = ImageHeader.read(request.image());
        return new ImageSize(header.width(), header.height());
    }
}
