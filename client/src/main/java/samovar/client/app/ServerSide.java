package samovar.client.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import samovar.client.browser.RemoteCaptionBackend;
import samovar.client.browser.RemoteChatBackend;
import samovar.client.browser.RemoteModels;
import samovar.client.ui.DtypeChoice;
import samovar.client.ui.ModuleChoices;
import samovar.client.ui.PlaceCard;
import samovar.dtype.DeviceCapabilities;
import samovar.dtype.Dtype;
import samovar.dtype.DtypeSpec;
import samovar.dtype.Place;
import samovar.dtype.PlaceOffer;
import samovar.hub.RepoId;
import samovar.platform.CancellationFlag;
import samovar.runtime.LoadListener;
import samovar.task.CaptionBackend;
import samovar.task.ChatBackend;
import samovar.task.TaskException;
import samovar.wire.ModelPlan;

/** The server as a place: it plans, loads and answers by itself, and the page asks. */
final class ServerSide {
    private final RemoteModels server;
    /** What the last survey of each model was for, and so what a load is for. */
    private final Map<String, DtypeSpec> surveyed = new HashMap<>();

    private boolean away;

    ServerSide(RemoteModels server) {
        this.server = server;
    }

    PlaceCard survey(String modelId, DtypeSpec spec) {
        surveyed.put(modelId, spec);
        try {
            ModelPlan answer = server.plan(RepoId.of(modelId), spec);
            away = false;
            List<DtypeChoice> choices = choices(answer.available());
            List<ModuleChoices> modules = modules(answer.available());
            if (answer.plan() == null) {
                PlaceOffer refused =
                        PlaceOffer.absent(Place.SERVER, "cannot run this model: " + String.join("; ", answer.faults()));
                return new PlaceCard(modelId, refused, answer.device(), answer.faults(), choices, modules, true);
            }
            PlaceOffer offer = PlaceOffer.of(Place.SERVER, answer.plan(), DeviceCapabilities.cpu(0));
            return new PlaceCard(modelId, offer, answer.device(), List.of(), choices, modules, true);
        } catch (TaskException failed) {
            away = failed.kind() == TaskException.Kind.BACKEND_LOST;
            PlaceOffer absent = PlaceOffer.absent(Place.SERVER, "does not answer for it: " + failed.problem());
            return PlaceCard.unknown(modelId, absent, failed.problem());
        }
    }

    /** Whether the last survey found nobody. */
    boolean isAway() {
        return away;
    }

    private static List<DtypeChoice> choices(Map<String, Map<String, Long>> available) {
        List<DtypeChoice> choices = new ArrayList<>();
        for (Dtype dtype : Dtype.values()) {
            long bytes = 0;
            boolean whole = !available.isEmpty();
            for (Map<String, Long> sizes : available.values()) {
                Long size = sizes.get(dtype.label());
                whole &= size != null;
                bytes += size == null ? 0 : size;
            }
            if (whole) {
                choices.add(new DtypeChoice(dtype, bytes, ""));
            }
        }
        return choices;
    }

    private static List<ModuleChoices> modules(Map<String, Map<String, Long>> available) {
        List<ModuleChoices> modules = new ArrayList<>();
        for (Map.Entry<String, Map<String, Long>> module : available.entrySet()) {
            List<DtypeChoice> choices = new ArrayList<>();
            for (Map.Entry<String, Long> size : module.getValue().entrySet()) {
                // A dtype that only a newer server knows is not one that this page can ask for.
                Dtype.find(size.getKey()).ifPresent(dtype -> choices.add(new DtypeChoice(dtype, size.getValue(), "")));
            }
            modules.add(new ModuleChoices(module.getKey(), choices));
        }
        return modules;
    }

    ChatBackend load(PlaceCard card, LoadListener listener, CancellationFlag cancelled) {
        return new RemoteChatBackend("", loadModel(card, listener, cancelled));
    }

    CaptionBackend loadCaptions(PlaceCard card, LoadListener listener, CancellationFlag cancelled) {
        return new RemoteCaptionBackend("", loadModel(card, listener, cancelled));
    }

    private DtypeSpec loadModel(PlaceCard card, LoadListener listener, CancellationFlag cancelled) {
        DtypeSpec spec = surveyed.get(card.modelId());
        server.load(RepoId.of(card.modelId()), spec, listener, cancelled);
        return spec;
    }
}
