package samovar.client.app;

import java.util.ArrayList;
import java.util.List;
import samovar.client.browser.RemoteModels;
import samovar.client.ui.ModelCard;
import samovar.config.ConfigException;
import samovar.config.GenerationDefaults;
import samovar.config.ModelConfig;
import samovar.config.ModelFamily;
import samovar.generate.GenerationSettings;
import samovar.hub.FileSource;
import samovar.hub.HubException;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.hub.Revision;
import samovar.json.Json;
import samovar.json.JsonException;
import samovar.task.TaskException;
import samovar.wire.ModelList;

/** The models by name: those that the server lists, and any other that it can describe. The one described last is remembered. */
final class ModelShelf {
    /**
     * What plans and defaults are made of.
     *
     * @param listing of one commit, from which the other two were read
     */
    record Description(RepoListing listing, ModelConfig config, GenerationDefaults defaults) {}

    private final RemoteModels server;
    private final FileSource files;
    private List<ModelCard> cards = List.of();
    private String describedId;
    private Description described;

    ModelShelf(RemoteModels server, FileSource files) {
        this.server = server;
        this.files = files;
    }

    List<ModelCard> models() {
        List<ModelCard> listed = new ArrayList<>();
        for (ModelList.Entry entry : server.list()) {
            boolean chats = entry.family().isEmpty() || entry.family().equals(ModelFamily.DECODER_ONLY.label());
            if (chats) {
                listed.add(new ModelCard(
                        entry.id(),
                        summary(entry),
                        entry.sizeBytes(),
                        GenerationSettings.none(),
                        entry.contextTokens()));
            }
        }
        cards = List.copyOf(listed);
        return cards;
    }

    private static String summary(ModelList.Entry entry) {
        return entry.contextTokens() > 0 ? "reads up to " + entry.contextTokens() + " tokens at once" : "";
    }

    ModelCard model(String id) {
        Description description = describe(id);
        ModelCard listed = null;
        for (ModelCard card : cards) {
            if (card.id().equals(id)) {
                listed = card;
            }
        }
        return new ModelCard(
                id,
                listed == null ? "" : listed.summary(),
                listed == null ? 0 : listed.sizeBytes(),
                settings(description.defaults()),
                description.config().maxPositions().orElse(0));
    }

    /** @throws TaskException UNKNOWN_MODEL, GATED_MODEL, HUB_UNAVAILABLE, UNSUPPORTED_MODEL or LOAD */
    Description describe(String id) {
        if (!id.equals(describedId)) {
            try {
                described = read(RepoId.of(id));
                describedId = id;
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
        return described;
    }

    private Description read(RepoId repo) {
        RepoListing listing = files.list(repo, Revision.MAIN);
        Revision commit = new Revision(listing.commit());
        ModelConfig config = ModelConfig.parse(files.readText(repo, commit, "config.json"));
        if (config.family() != ModelFamily.DECODER_ONLY) {
            throw new TaskException(
                    TaskException.Kind.UNSUPPORTED_MODEL,
                    repo + " is a model of the family " + config.family().label() + ", which does not chat",
                    "Choose a text-generation model.");
        }
        GenerationDefaults defaults = GenerationDefaults.of(config);
        if (listing.find("generation_config.json").isPresent()) {
            String text = files.readText(repo, commit, "generation_config.json");
            defaults = GenerationDefaults.of(Json.parse(text, "generation_config.json"), config);
        }
        return new Description(listing, config, defaults);
    }

    /** What the page shows behind its empty fields. */
    private static GenerationSettings settings(GenerationDefaults defaults) {
        return GenerationSettings.builder()
                .doSample(defaults.doSample())
                .temperature(defaults.temperature())
                .topP(defaults.topP())
                .topK(defaults.topK())
                .repetitionPenalty(defaults.repetitionPenalty())
                .maxNewTokens(defaults.maxNewTokens())
                .build();
    }
}
