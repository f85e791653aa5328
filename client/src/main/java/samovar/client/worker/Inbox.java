package samovar.client.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import samovar.client.js.Await;
import samovar.client.js.Deferred;
import samovar.client.js.Promises;

/** Texts that JavaScript's callbacks bring and one coroutine takes, in order. */
final class Inbox {
    private final Deque<String> texts = new ArrayDeque<>();
    private Deferred arrival;

    /** Called by JavaScript; never awaits. */
    void add(String text) {
        texts.add(text);
        if (arrival != null) {
            arrival.resolve();
            arrival = null;
        }
    }

    /** The next text. Awaits. */
    String take() {
        while (texts.isEmpty()) {
            Await.of(nextArrival().getPromise());
        }
        return texts.remove();
    }

    /** The next text, or null where none comes in this time. Awaits. */
    String takeWithin(int millis) {
        if (texts.isEmpty()) {
            Await.of(Promises.orNullAfter(nextArrival().getPromise(), millis));
        }
        return texts.poll();
    }

    private Deferred nextArrival() {
        if (arrival == null) {
            arrival = Deferred.create();
        }
        return arrival;
    }
}
