package samovar.client.ui;

import java.util.ArrayDeque;
import java.util.Deque;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSPromise;
import org.teavm.jso.core.JSString;
import org.teavm.jso.function.JSConsumer;

/** What the visitor has asked for, in order. Listeners of the page add; the page's one coroutine takes. */
final class Jobs {
    private final Deque<Job> waiting = new ArrayDeque<>();
    private JSConsumer<JSObject> waker;

    /** Never awaits. */
    void add(Job job) {
        waiting.add(job);
        if (waker != null) {
            JSConsumer<JSObject> wake = waker;
            waker = null;
            wake.accept(JSString.valueOf(""));
        }
    }

    /** Awaits a job where there is none. */
    Job next() {
        while (waiting.isEmpty()) {
            new JSPromise<JSObject>((resolve, reject) -> waker = resolve).await();
        }
        return waiting.poll();
    }
}
