package samovar.server.openai;

import io.javalin.http.Context;
import java.util.concurrent.atomic.AtomicInteger;
import samovar.generate.FinishReason;
import samovar.generate.GenerationEvent;
import samovar.image.ImageException;
import samovar.server.http.ClientConnection;
import samovar.server.http.ClientGone;
import samovar.server.inference.FoundModel;
import samovar.server.inference.Loading;
import samovar.server.inference.ServedModels;
import samovar.server.inference.Turn;
import samovar.task.TaskException;

/** Turns that clients wait for, of all routes. May be shared between threads. */
final class Turns {
    private static final int LOOK_MILLIS = 10;

    private final ServedModels models;
    private final AtomicInteger underWay = new AtomicInteger();

    Turns(ServedModels models) {
        this.models = models;
    }

    /** How many answers are being written. */
    int underWay() {
        return underWay.get();
    }

    /**
     * Hands a turn to its model, when that is loaded.
     *
     * @param imageParam the field of the request that holds the picture, which a picture that cannot be decoded is reported with
     * @return to be closed when the answer is written
     * @throws ClientGone if the client hung up
     */
    Waited begin(Context context, FoundModel model, Turn turn, String imageParam) {
        underWay.incrementAndGet();
        Waited waited = new Waited(turn, ClientConnection.of(context), imageParam);
        boolean submitted = false;
        try {
            submit(model, turn, waited.client);
            submitted = true;
            return waited;
        } finally {
            if (!submitted) {
                waited.close();
            }
        }
    }

    private void submit(FoundModel model, Turn turn, ClientConnection client) {
        for (int attempt = 0; ; attempt++) {
            Loading loading = models.load(model);
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

    /** A turn and the client that waits for it; the handler's own thread keeps looking whether it still does. */
    final class Waited implements AutoCloseable {
        private final Turn turn;
        private final ClientConnection client;
        private final String imageParam;

        private Waited(Turn turn, ClientConnection client, String imageParam) {
            this.turn = turn;
            this.client = client;
            this.imageParam = imageParam;
        }

        /**
         * The next event.
         *
         * @throws ClientGone if the client hung up; the turn is then cancelled
         */
        GenerationEvent next() {
            for (; ; ) {
                GenerationEvent event;
                try {
                    event = turn.next(LOOK_MILLIS);
                } catch (ImageException unreadable) {
                    throw ImageFaults.of(unreadable, imageParam);
                }
                if (client.isGone()) {
                    turn.cancel();
                    throw new ClientGone();
                }
                if (event != null) {
                    return orRefused(event);
                }
            }
        }

        /** The last event, when it comes. */
        GenerationEvent.Finished finished() {
            for (; ; ) {
                if (next() instanceof GenerationEvent.Finished finished) {
                    return finished;
                }
            }
        }

        /** A turn that was cancelled while its client waits: the server is stopping. */
        private static GenerationEvent orRefused(GenerationEvent event) {
            if (event instanceof GenerationEvent.Finished finished && finished.reason() == FinishReason.CANCELLED) {
                throw new TaskException(TaskException.Kind.CLOSED, "the server is stopping", "Ask again later.");
            }
            return event;
        }

        @Override
        public void close() {
            turn.cancel();
            client.release();
            underWay.decrementAndGet();
        }
    }
}
