package samovar.client.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samovar.client.browser.BrowserFileSource;
import samovar.client.browser.RemoteModels;
import samovar.client.ui.ModelCard;
import samovar.client.ui.ModelSheet;
import samovar.config.ConfigException;
import samovar.config.GenerationDefaults;
import samovar.config.ModelConfig;
import samovar.config.ModelFamily;
import samovar.config.PreprocessorConfig;
import samovar.dtype.DtypePlan;
import samovar.dtype.DtypeSpec;
import samovar.generate.GenerationSettings;
import samovar.hub.HubException;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.hub.Revision;
import samovar.json.Json;
import samovar.json.JsonException;
import samovar.task.Florence2Task;
import samovar.task.Florence2Tasks;
import samovar.task.TaskException;
import samovar.wire.ModelList;

/** The models by name: those that the server lists, and any other that it can describe. What was described once is remembered. */
final class ModelShelf {
    /** The Hub's own Florence-2, offered where a Hub answers. */
    private static final String OFFER = "onnx-community/Florence-2-base-ft";

    /**
     * What plans and defaults are made of.
     *
     * @param listing of one commit, from which the others were read
     * @param tasks what the model can be asked about a picture; empty for models that chat
     */
    record Description(
            RepoListing listing, ModelConfig config, GenerationDefaults defaults, List<Florence2Task> tasks) {}

    private final RemoteModels server;
    private final BrowserFileSource files;
    private final ModelSheets sheets;
    private final Map<String, Description> described = new HashMap<>();
    private List<ModelList.Entry> listed = List.of();

    ModelShelf(RemoteModels server, BrowserFileSource files) {
        this.server = server;
        this.files = files;
        this.sheets = new ModelSheets(files);
    }

    List<ModelCard> models() {
        return list(ModelFamily.DECODER_ONLY);
    }

    List<ModelCard> pictureModels() {
        return list(ModelFamily.FLORENCE_2);
    }

    /** Another server than ours tells no families: its models chat. */
    private List<ModelCard> list(ModelFamily family) {
        listed = server.list();
        List<ModelCard> cards = new ArrayList<>();
        for (ModelList.Entry entry : listed) {
            boolean untold = entry.family().isEmpty() && family == ModelFamily.DECODER_ONLY;
            if (untold || entry.family().equals(family.label())) {
                cards.add(new ModelCard(
                        entry.id(),
                        summary(entry),
                        entry.sizeBytes(),
                        GenerationSettings.none(),
                        entry.contextTokens(),
                        List.of()));
            }
        }
        return cards;
    }

    private static String summary(ModelList.Entry entry) {
        boolean chats = !entry.family().equals(ModelFamily.FLORENCE_2.label());
        return chats && entry.contextTokens() > 0 ? "reads up to " + entry.contextTokens() + " tokens at once" : "";
    }

    Optional<ModelCard> pictureOffer() {
        if (find(OFFER) != null) {
            return Optional.empty();
        }
        try {
            ModelCard card = pictureModel(OFFER);
            DtypePlan plan = server.plan(RepoId.of(OFFER), DtypeSpec.AUTO).plan();
            long size = plan == null ? 0 : plan.totalBytes();
            return Optional.of(
                    new ModelCard(OFFER, card.summary(), size, card.defaults(), card.contextTokens(), card.tasks()));
        } catch (TaskException noHub) {
            return Optional.empty();
        }
    }

    private ModelList.Entry find(String id) {
        for (ModelList.Entry entry : listed) {
            if (entry.id().equals(id)) {
                return entry;
            }
        }
        return null;
    }

    ModelCard model(String id) {
        return card(id, ModelFamily.DECODER_ONLY, "does not chat", "Choose a text-generation model.");
    }

    ModelCard pictureModel(String id) {
        return card(id, ModelFamily.FLORENCE_2, "looks at no pictures", "Choose a Florence-2 model.");
    }

    private ModelCard card(String id, ModelFamily family, String otherwise, String nextStep) {
        Description description = describe(id);
        ModelFamily found = description.config().family();
        if (found != family) {
            throw new TaskException(
                    TaskException.Kind.UNSUPPORTED_MODEL,
                    id + " is a model of the family " + found.label() + ", which " + otherwise,
                    nextStep);
        }
        ModelList.Entry entry = find(id);
        return new ModelCard(
                id,
                entry == null ? "" : summary(entry),
                entry == null ? 0 : entry.sizeBytes(),
                settings(description),
                description.config().maxPositions().orElse(0),
                description.tasks());
    }

    /** @throws TaskException UNKNOWN_MODEL, GATED_MODEL, HUB_UNAVAILABLE or LOAD */
    ModelSheet look(String id) {
        Description description;
        try {
            description = describe(id);
        } catch (TaskException refused) {
            if (refused.kind() == TaskException.Kind.UNSUPPORTED_MODEL
                    || refused.kind() == TaskException.Kind.GATED_MODEL) {
                return sheets.ofUnusable(RepoId.of(id), refused);
            }
            throw refused;
        }
        return sheets.of(description.listing(), description.config());
    }

    /** @throws TaskException UNKNOWN_MODEL, GATED_MODEL, HUB_UNAVAILABLE, UNSUPPORTED_MODEL or LOAD */
    Description describe(String id) {
        Description known = described.get(id);
        if (known != null) {
            return known;
        }
        try {
            Description read = read(RepoId.of(id));
            described.put(id, read);
            return read;
        } catch (HubException refused) {
            throw TaskException.of(refused);
        } catch (ConfigException | JsonException unreadable) {
            throw new TaskException(
                    TaskException.Kind.UNSUPPORTED_MODEL,
                    id + ": " + unreadable.getMessage(),
                    "Choose another model.",
                    unreadable);
        }
    }

    private Description read(RepoId repo) {
        RepoListing listing = files.list(repo, Revision.MAIN);
        Revision commit = new Revision(listing.commit());
        ModelConfig config = ModelConfig.parse(files.readText(repo, commit, "config.json"));
        GenerationDefaults defaults = GenerationDefaults.of(config);
        if (listing.find("generation_config.json").isPresent()) {
            String text = files.readText(repo, commit, "generation_config.json");
            defaults = GenerationDefaults.of(Json.parse(text, "generation_config.json"), config);
        }
        List<Florence2Task> tasks = List.of();
        if (config.family() == ModelFamily.FLORENCE_2) {
            String text = files.readText(repo, commit, "preprocessor_config.json");
            tasks = Florence2Tasks.of(PreprocessorConfig.parse(text)).all();
        }
        return new Description(listing, config, defaults, tasks);
    }

    /** What the page shows behind its empty fields. */
    private static GenerationSettings settings(Description model) {
        GenerationDefaults defaults = model.defaults();
        return GenerationSettings.builder()
                .doSample(defaults.doSample())
                .temperature(defaults.temperature())
                .topP(defaults.topP())
                .topK(defaults.topK())
                .repetitionPenalty(defaults.repetitionPenalty())
                .maxNewTokens(defaults.maxNewTokens())
                // Chat has no beams.
                .numBeams(model.config().family() == ModelFamily.FLORENCE_2 ? defaults.numBeams() : null)
                .build();
    }
}
