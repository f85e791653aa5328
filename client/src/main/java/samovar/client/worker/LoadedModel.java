package samovar.client.worker;

import samovar.dtype.DtypePlan;
import samovar.json.Json;
import samovar.platform.CancellationFlag;
import samovar.runtime.LoadListener;
import samovar.task.PlatformPorts;
import samovar.task.TaskException;

/** The one model that a worker holds, with the requests that it answers. Its methods await, but for {@link #close}. */
interface LoadedModel {
    /** Loads the model of a plan. Awaits. */
    interface Opener {
        /** @throws TaskException UNSUPPORTED_MODEL for a family that this worker does not serve, and as loading does */
        LoadedModel open(PlatformPorts ports, DtypePlan plan, LoadListener listener);
    }

    /** None yet. */
    LoadedModel NONE = new LoadedModel() {
        @Override
        public void answer(Json request, byte[] bytes, Replies replies, CancellationFlag cancelled) {
            throw new TaskException(TaskException.Kind.CLOSED, "this worker has no model", "Load one first.");
        }

        @Override
        public int contextTokens() {
            return 0;
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    };

    /**
     * Answers a request of the type that this model is for.
     *
     * @param bytes sent beside the request; null where none were
     * @throws samovar.json.JsonException for a request of another type
     */
    void answer(Json request, byte[] bytes, Replies replies, CancellationFlag cancelled);

    /** Most tokens of prompt and answer together; 0 where that is nothing to tell. */
    int contextTokens();

    void close();
}
