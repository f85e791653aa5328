package samovar.server.openai;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import samovar.chat.ChatMessage;
import samovar.server.http.HttpFault;
import samovar.server.http.RequestBody;
import samovar.server.inference.CaptionTurn;
import samovar.server.inference.ChatTurn;
import samovar.server.inference.FoundModel;
import samovar.server.inference.ServedModels;
import samovar.task.AnswerType;
import samovar.task.CaptionRequest;
import samovar.task.Florence2Tasks;
import samovar.task.TaskException;
import samovar.wire.ChatCompletionRequest;
import samovar.wire.ErrorBody;

/** {@code POST /v1/chat/completions}: conversations with models that chat, and pictures for those that look at them. */
final class ChatCompletions {
    private final ServedModels models;
    private final Turns turns;

    ChatCompletions(ServedModels models, Turns turns) {
        this.models = models;
        this.turns = turns;
    }

    void answer(Context context) throws IOException {
        ChatCompletionRequest request = ChatCompletionRequest.ofJson(RequestBody.read(context));
        FoundModel model = models.find(request.model(), request.dtype());
        switch (model.task()) {
            case CHAT -> chat(context, request, model);
            case CAPTION -> caption(context, request, model);
        }
    }

    private void chat(Context context, ChatCompletionRequest request, FoundModel model) {
        refuseImages(request.messages());
        ChatTurn turn = new ChatTurn(request.toChatRequest());
        try (Turns.Waited waited = turns.begin(context, model, turn, "messages")) {
            new ChatAnswer(request, waited, ChatAnswer.Reading.WORDS).write(context);
        }
    }

    private void caption(Context context, ChatCompletionRequest request, FoundModel model) {
        ImageQuestion question = ImageQuestion.of(request, model);
        Florence2Tasks.Asked asked = asked(models.captionTasks(model), question);
        CaptionTurn turn = new CaptionTurn(new CaptionRequest(
                model.repo().toString(), question.image(), asked.task().token(), asked.input(), request.settings()));
        boolean inWords = asked.task().answer() == AnswerType.PURE_TEXT;
        try (Turns.Waited waited = turns.begin(context, model, turn, question.imageParam())) {
            new ChatAnswer(request, waited, ChatAnswer.Reading.of(turn, inWords)).write(context);
        }
    }

    private static Florence2Tasks.Asked asked(Florence2Tasks tasks, ImageQuestion question) {
        try {
            return tasks.ask(question.text(), "");
        } catch (TaskException refused) {
            throw new HttpFault(
                    400,
                    new ErrorBody(
                            refused.getMessage(), ErrorBody.INVALID_REQUEST, question.textParam(), "invalid_value"));
        }
    }

    private static void refuseImages(List<ChatMessage> messages) {
        for (int i = 0; i < messages.size(); i++) {
            List<Map<?, ?>> parts = messages.get(i).parts();
            for (int j = 0; j < parts.size(); j++) {
                if (!"text".equals(parts.get(j).get("type"))) {
                    throw new HttpFault(
                            400,
                            new ErrorBody(
                                    "This model reads text alone; the part is of the type "
                                            + parts.get(j).get("type") + ".",
                                    ErrorBody.INVALID_REQUEST,
                                    "messages[" + i + "].content[" + j + "]",
                                    "unsupported_value"));
                }
            }
        }
    }
}
