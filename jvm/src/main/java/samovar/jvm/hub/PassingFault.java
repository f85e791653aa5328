package samovar.jvm.hub;

import java.time.Duration;
import java.util.Optional;
import samovar.hub.HubException;

/** A failure of the upstream or the network that may pass: asking again may help. */
final class PassingFault extends Exception {
    private static final long serialVersionUID = 1;

    private final transient HubException fault;
    private final transient Optional<Duration> retryAfter;
    private final boolean answered;

    private PassingFault(HubException fault, Optional<Duration> retryAfter, boolean answered) {
        super(fault.getMessage(), fault);
        this.fault = fault;
        this.retryAfter = retryAfter;
        this.answered = answered;
    }

    /** No answer came, or it broke off. */
    static PassingFault ofNetwork(HubException fault) {
        return new PassingFault(fault, Optional.empty(), false);
    }

    /**
     * The upstream said: not now.
     *
     * @param retryAfter how long it asks to wait
     */
    static PassingFault ofAnswer(HubException fault, Optional<Duration> retryAfter) {
        return new PassingFault(fault, retryAfter, true);
    }

    /** What it is once nobody asks again. */
    HubException fault() {
        return fault;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Whether there is an upstream that answers. */
    boolean isAnswer() {
        return answered;
    }
}
