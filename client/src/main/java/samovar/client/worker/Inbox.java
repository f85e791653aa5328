package samovar.client.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import samovar.client.js.Await;
import samovar.client.js.Deferred;
import samovar.client.js.Promises;

/** Messages that JavaScript's callbacks bring and one coroutine takes, in order. */
final class Inbox {
    private final Deque<Letter> letters = new ArrayDeque<>();
    private Deferred arrival;

    /** Called by JavaScript; never awaits. */
    void add(String text) {
        add(new Letter(text, null));
    }

    /** Called by JavaScript; never awaits. */
    void add(Letter letter) {
        letters.add(letter);
        if (arrival != null) {
            arrival.resolve();
            arrival = null;
        }
    }

    /** The next message. Awaits. */
    Letter take() {
        while (letters.isEmpty()) {
            Await.of(nextArrival().getPromise());
        }
        return letters.remove();
    }

    /** The text of the next message, or null where none comes in this time. Awaits. */
    String takeWithin(int millis) {
        if (letters.isEmpty()) {
            Await.of(Promises.orNullAfter(nextArrival().getPromise(), millis));
        }
        Letter first = letters.poll();
        return first == null ? null : first.text();
    }

    private Deferred nextArrival() {
        if (arrival == null) {
            arrival = Deferred.create();
        }
        return arrival;
    }
}
