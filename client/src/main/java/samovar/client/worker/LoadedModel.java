package samovar.client.worker;

import samovar.dtype.DtypePlan;
import samovar.runtime.LoadListener;
import samovar.task.CaptionModel;
import samovar.task.ChatModel;
import samovar.task.PlatformPorts;
import samovar.task.TaskException;

/** The one model that a worker holds: one that chats, one for pictures, or none. */
final class LoadedModel {
    static final LoadedModel NONE = new LoadedModel(null, null);

    private final ChatModel chatModel;
    private final CaptionModel captionModel;

    private LoadedModel(ChatModel chatModel, CaptionModel captionModel) {
        this.chatModel = chatModel;
        this.captionModel = captionModel;
    }

    /** Loads the model of a plan. Awaits. */
    interface Opener {
        /** @throws TaskException UNSUPPORTED_MODEL for a family that this worker does not serve, and as loading does */
        LoadedModel open(PlatformPorts ports, DtypePlan plan, LoadListener listener);
    }

    static LoadedModel chatting(PlatformPorts ports, DtypePlan plan, LoadListener listener) {
        return new LoadedModel(ChatModel.load(ports, plan, listener), null);
    }

    static LoadedModel captioning(PlatformPorts ports, DtypePlan plan, LoadListener listener) {
        return new LoadedModel(null, CaptionModel.load(ports, plan, listener));
    }

    /** @throws TaskException CLOSED where no model that chats is loaded */
    ChatModel chats() {
        if (chatModel == null) {
            throw none("that chats");
        }
        return chatModel;
    }

    /** @throws TaskException CLOSED where no model for pictures is loaded */
    CaptionModel captions() {
        if (captionModel == null) {
            throw none("for pictures");
        }
        return captionModel;
    }

    private static TaskException none(String kind) {
        return new TaskException(TaskException.Kind.CLOSED, "this worker has no model " + kind, "Load one first.");
    }

    /** Most tokens of prompt and answer together; 0 where that is nothing to tell. */
    int contextTokens() {
        return chatModel == null ? 0 : chatModel.contextTokens();
    }

    void close() {
        if (chatModel != null) {
            chatModel.close();
        }
        if (captionModel != null) {
            captionModel.close();
        }
    }
}
