package samovar.server.openai;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import samovar.generate.GenerationEvent;
import samovar.image.ImageLimits;
import samovar.server.http.EventStream;
import samovar.server.http.HttpFault;
import samovar.server.http.MultipartForm;
import samovar.server.http.UploadBudget;
import samovar.server.inference.CaptionTurn;
import samovar.server.inference.FoundModel;
import samovar.server.inference.ModelTask;
import samovar.server.inference.ServedModels;
import samovar.task.CaptionRequest;
import samovar.task.Florence2Tasks;
import samovar.task.TaskException;
import samovar.wire.CaptionDelta;
import samovar.wire.CaptionForm;
import samovar.wire.CaptionResponse;
import samovar.wire.ErrorBody;
import samovar.wire.SseEvent;

/**
 * {@code POST /v1/captions}: a form with a picture and a task. Everything that can be known of a request is looked at before a model
 * is loaded or the picture decoded.
 */
final class CaptionRoute {
    private final ServedModels models;
    private final Turns turns;
    private final UploadBudget budget;

    CaptionRoute(ServedModels models, Turns turns, UploadBudget budget) {
        this.models = models;
        this.turns = turns;
        this.budget = budget;
    }

    void answer(Context context) throws IOException {
        long maxBytes = ImageLimits.DEFAULTS.maxBytes();
        try (MultipartForm form = MultipartForm.read(context, CaptionForm.FILE, maxBytes, budget)) {
            byte[] image = image(form.files());
            CaptionForm asked = CaptionForm.ofFields(form.fields());
            FoundModel model = model(asked);
            Florence2Tasks.Asked task = task(models.captionTasks(model), asked);
            ImageFaults.check(image, CaptionForm.FILE);
            CaptionTurn turn = new CaptionTurn(new CaptionRequest(
                    model.repo().toString(), image, task.task().token(), task.input(), asked.settings()));
            try (Turns.Waited waited = turns.begin(context, model, turn, CaptionForm.FILE)) {
                if (asked.stream()) {
                    stream(turn, waited, new EventStream(context));
                } else {
                    waited.finished();
                    context.status(200).contentType("application/json").header("Cache-Control", "no-store");
                    context.result(CaptionResponse.of(turn.answer()).toJson());
                }
            }
        }
    }

    private static void stream(CaptionTurn turn, Turns.Waited waited, EventStream out) {
        try {
            GenerationEvent event = waited.next();
            while (event instanceof GenerationEvent.Delta delta) {
                if (!delta.text().isEmpty()) {
                    out.send(new CaptionDelta(delta.text()).toJson());
                }
                event = waited.next();
            }
            out.send(CaptionResponse.of(turn.answer()).toJson());
            out.send(SseEvent.DONE);
        } catch (RuntimeException failure) {
            out.fail(failure);
        }
    }

    private static byte[] image(List<MultipartForm.FilePart> files) {
        for (MultipartForm.FilePart file : files) {
            if (!file.field().equals(CaptionForm.FILE)) {
                throw refuse(
                        file.field(),
                        "unknown_parameter",
                        "Unknown file '" + file.field() + "': the picture goes into the field 'file'.");
            }
        }
        if (files.isEmpty()) {
            throw refuse(
                    CaptionForm.FILE,
                    "missing_required_parameter",
                    "Missing required parameter: 'file', the picture (with curl: -F file=@picture.png).");
        }
        if (files.size() > 1) {
            throw refuse(
                    CaptionForm.FILE,
                    "invalid_value",
                    "Invalid 'file': expected one picture, found " + files.size() + "; send a request for each.");
        }
        return files.get(0).bytes();
    }

    private FoundModel model(CaptionForm asked) {
        String id = asked.model();
        if (id.isEmpty()) {
            List<String> here = models.ids(ModelTask.CAPTION);
            if (here.size() != 1) {
                throw refuse(
                        "model",
                        "missing_required_parameter",
                        "Missing required parameter: 'model'. "
                                + (here.isEmpty()
                                        ? "The model folders have none that looks at pictures; name one of the Hub."
                                        : "Those that look at pictures: " + String.join(", ", here) + "."));
            }
            id = here.get(0);
        }
        FoundModel model = models.find(id, asked.dtype());
        if (model.task() != ModelTask.CAPTION) {
            throw refuse(
                    "model",
                    "unsupported_value",
                    model.repo() + " reads text alone, no images. Models here that look at pictures: "
                            + String.join(", ", models.ids(ModelTask.CAPTION)) + ".");
        }
        return model;
    }

    private static Florence2Tasks.Asked task(Florence2Tasks tasks, CaptionForm asked) {
        try {
            return tasks.ask(asked.task(), asked.input());
        } catch (TaskException refused) {
            // The message begins with the field that it is about.
            String field = refused.problem().startsWith("input:") ? "input" : "task";
            throw refuse(field, "invalid_value", refused.getMessage());
        }
    }

    private static HttpFault refuse(String param, String code, String message) {
        return new HttpFault(400, new ErrorBody(message, ErrorBody.INVALID_REQUEST, param, code));
    }
}
