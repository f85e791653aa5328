package samovar.server.inference;

import samovar.dtype.DtypePlan;
import samovar.generate.GenerationEvent;
import samovar.generate.GenerationListener;
import samovar.runtime.LoadListener;
import samovar.task.CaptionAnswer;
import samovar.task.CaptionModel;
import samovar.task.ChatModel;
import samovar.task.PlatformPorts;
import samovar.task.TaskException;

/** A model with its weights, whatever its task is. For one thread; {@link #interrupt} alone is for others too. */
interface Engine {
    /**
     * Loads the model of a plan.
     *
     * @throws RuntimeException as {@link ChatModel#load} and {@link CaptionModel#load} do
     */
    static Engine load(PlatformPorts ports, DtypePlan plan, LoadListener listener) {
        return switch (ModelTask.of(plan.repo(), plan.family())) {
            case CHAT -> new Chatter(ChatModel.load(ports, plan, listener));
            case CAPTION -> new Captioner(CaptionModel.load(ports, plan, listener));
        };
    }

    DtypePlan plan();

    /**
     * Does what a turn asks for.
     *
     * @param listener told of text as it comes, and of the end when everything about the answer is known
     * @throws TaskException INVALID_REQUEST if the turn is for models of another task, and others as the models throw them
     */
    void answer(Turn turn, GenerationListener listener);

    /** Ends the run in progress at once. */
    void interrupt();

    void close();

    private static TaskException otherTask(DtypePlan plan, String does) {
        return new TaskException(
                TaskException.Kind.INVALID_REQUEST, plan.repo() + " " + does, "GET /v1/models lists all models.");
    }

    /** Runs a chat model. */
    record Chatter(ChatModel model) implements Engine {
        @Override
        public DtypePlan plan() {
            return model.plan();
        }

        @Override
        public void answer(Turn turn, GenerationListener listener) {
            if (!(turn instanceof ChatTurn chat)) {
                throw otherTask(plan(), "reads text alone, no images");
            }
            model.chat(chat.request(), listener, turn.cancellation());
        }

        @Override
        public void interrupt() {
            model.interrupt();
        }

        @Override
        public void close() {
            model.close();
        }
    }

    /** Runs a caption model. */
    record Captioner(CaptionModel model) implements Engine {
        @Override
        public DtypePlan plan() {
            return model.plan();
        }

        @Override
        public void answer(Turn turn, GenerationListener listener) {
            if (!(turn instanceof CaptionTurn caption)) {
                throw otherTask(plan(), "looks at images, and does not chat");
            }
            CaptionAnswer answer = model.caption(
                    caption.request(),
                    event -> {
                        if (event instanceof GenerationEvent.Delta) {
                            listener.on(event);
                        }
                    },
                    turn.cancellation());
            caption.answered(answer);
            listener.on(answer.finished());
        }

        @Override
        public void interrupt() {
            model.interrupt();
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
