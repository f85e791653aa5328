package samovar.client.worker;

import java.util.ArrayList;
import java.util.List;
import samovar.client.js.Globals;
import samovar.generate.GenerationEvent;
import samovar.generate.GenerationListener;

/**
 * Joins deltas that come faster than a page is drawn: a message per token would cost a small model a tenth of its speed. The first
 * delta goes at once, and so does each that comes later than the last message by the time of a frame.
 */
final class DeltaBatch implements GenerationListener {
    /** Takes what is to be sent. Never awaits. */
    interface Sender {
        void send(GenerationEvent.Delta delta);
    }

    private static final double FRAME_MILLIS = 16;

    private final Sender sender;
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> tokenIds = new ArrayList<>();
    private double sentAt = Double.NEGATIVE_INFINITY;

    DeltaBatch(Sender sender) {
        this.sender = sender;
    }

    @Override
    public void on(GenerationEvent event) {
        if (event instanceof GenerationEvent.Delta delta) {
            text.append(delta.text());
            tokenIds.addAll(delta.tokenIds());
            if (Globals.performanceNow() - sentAt >= FRAME_MILLIS) {
                flush();
            }
        }
    }

    /** Sends what is held back; call it at the end. */
    void flush() {
        if (text.length() > 0 || !tokenIds.isEmpty()) {
            sender.send(new GenerationEvent.Delta(text.toString(), tokenIds));
            text.setLength(0);
            tokenIds.clear();
            sentAt = Globals.performanceNow();
        }
    }
}
