package samovar.server.inference;

import samovar.task.CaptionAnswer;
import samovar.task.CaptionRequest;

/** A picture to be looked at by a model of {@link ModelTask#CAPTION}. */
public final class CaptionTurn extends Turn {
    private final CaptionRequest request;
    private volatile CaptionAnswer answer;

    public CaptionTurn(CaptionRequest request) {
        this.request = request;
    }

    CaptionRequest request() {
        return request;
    }

    /** Is told before the event that ends the turn. */
    void answered(CaptionAnswer whole) {
        answer = whole;
    }

    /** What came of it; there from the moment when {@link #next} gave the event that ends the turn. */
    public CaptionAnswer answer() {
        if (answer == null) {
            throw new IllegalStateException("the turn has not ended");
        }
        return answer;
    }
}
