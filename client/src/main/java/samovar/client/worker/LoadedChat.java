package samovar.client.worker;

import samovar.generate.GenerationEvent;
import samovar.json.Json;
import samovar.platform.CancellationFlag;
import samovar.task.ChatModel;
import samovar.task.ChatRequest;
import samovar.wire.ChatCompletionRequest;

/** A model that chats, in the worker. */
final class LoadedChat implements LoadedModel {
    private final ChatModel model;

    LoadedChat(ChatModel model) {
        this.model = model;
    }

    @Override
    public void answer(Json request, byte[] bytes, Replies replies, CancellationFlag cancelled) {
        Messages.require(request, Messages.CHAT);
        ChatCompletionRequest asked = ChatCompletionRequest.ofJson(request.get("request"));
        int id = replies.id();
        DeltaBatch deltas = new DeltaBatch(delta -> replies.post(Messages.delta(id, delta)));
        ChatRequest chat = new ChatRequest(
                asked.model(), asked.messages(), asked.settings(), asked.tools(), asked.templateArguments());
        GenerationEvent.Finished finished = model.chat(chat, deltas, cancelled);
        deltas.flush();
        replies.post(Messages.finished(id, finished, model.reusedTokens()));
    }

    @Override
    public int contextTokens() {
        return model.contextTokens();
    }

    @Override
    public void close() {
        model.close();
    }
}
