package samovar.client.worker;

import java.util.LinkedHashMap;
import java.util.Map;
import samovar.json.Json;
import samovar.platform.CancellationFlag;
import samovar.task.CaptionAnswer;
import samovar.task.CaptionModel;
import samovar.task.CaptionRequest;
import samovar.wire.CaptionForm;

/** A model for pictures, in the worker. */
final class LoadedCaptions implements LoadedModel {
    private final CaptionModel model;

    LoadedCaptions(CaptionModel model) {
        this.model = model;
    }

    @Override
    public void answer(Json request, byte[] bytes, Replies replies, CancellationFlag cancelled) {
        Messages.require(request, Messages.CAPTION);
        CaptionForm form = CaptionForm.ofFields(texts(request.get("form")));
        int id = replies.id();
        DeltaBatch deltas = new DeltaBatch(delta -> replies.post(Messages.delta(id, delta)));
        CaptionRequest asked = new CaptionRequest(form.model(), bytes, form.task(), form.input(), form.settings());
        CaptionAnswer answer = model.caption(asked, deltas, cancelled);
        deltas.flush();
        replies.post(Messages.caption(id, answer));
    }

    private static Map<String, String> texts(Json form) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : form.keys()) {
            texts.put(name, form.get(name).asString());
        }
        return texts;
    }

    /** Nothing to tell: a picture and its task always fit. */
    @Override
    public int contextTokens() {
        return 0;
    }

    @Override
    public void close() {
        model.close();
    }
}
