package samovar.server.inference;

import samovar.task.ChatRequest;

/** A conversation to be answered by a model of {@link ModelTask#CHAT}. */
public final class ChatTurn extends Turn {
    private final ChatRequest request;

    public ChatTurn(ChatRequest request) {
        this.request = request;
    }

    ChatRequest request() {
        return request;
    }
}
