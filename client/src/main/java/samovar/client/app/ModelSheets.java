package samovar.client.app;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import samovar.client.browser.BrowserFileSource;
import samovar.client.ui.DtypeChoice;
import samovar.client.ui.ModelSheet;
import samovar.client.ui.ModelSheet.Kind;
import samovar.client.ui.ModuleChoices;
import samovar.config.ConfigException;
import samovar.config.ModelConfig;
import samovar.config.ModelFamily;
import samovar.dtype.Dtype;
import samovar.dtype.PublishedGraphs;
import samovar.hub.HubException;
import samovar.hub.RepoAbout;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.hub.Revision;
import samovar.json.Json;
import samovar.json.JsonException;
import samovar.task.TaskException;

/** Says what a repository's model is, whether it can be run or not. */
final class ModelSheets {
    private static final String RUN =
            " Samovar runs language models to chat with (Llama, Qwen 2 and 3, SmolLM, GPT-2 and their kin)"
                    + " and Florence-2 for pictures.";
    private static final String TERMS =
            "Accept its terms on the Hub, and start the server with a token of that account (HF_TOKEN).";

    private final BrowserFileSource files;

    ModelSheets(BrowserFileSource files) {
        this.files = files;
    }

    /** Of a model whose family is known. */
    ModelSheet of(RepoListing listing, ModelConfig config) {
        Kind kind =
                switch (config.family()) {
                    case DECODER_ONLY -> Kind.CHAT;
                    case FLORENCE_2 -> Kind.PICTURES;
                    case ENCODER_DECODER, WHISPER, ENCODER_ONLY -> Kind.OTHER;
                };
        String trouble =
                kind == Kind.OTHER ? "Models of the family " + name(config.family()) + " are not run yet." + RUN : "";
        List<ModuleChoices> modules = modules(listing, config.family().modules());
        String architecture =
                config.architectures().isEmpty() ? "" : config.architectures().get(0);
        return sheet(listing, kind, config.modelType(), architecture, modules, trouble);
    }

    private static List<ModuleChoices> modules(RepoListing listing, Collection<String> names) {
        Map<String, Map<Dtype, Long>> graphs = PublishedGraphs.of(listing);
        List<ModuleChoices> modules = new ArrayList<>();
        for (String name : names) {
            List<DtypeChoice> choices = new ArrayList<>();
            for (Map.Entry<Dtype, Long> published :
                    graphs.getOrDefault(name, Map.of()).entrySet()) {
                choices.add(new DtypeChoice(published.getKey(), published.getValue(), ""));
            }
            modules.add(new ModuleChoices(name, choices));
        }
        return modules;
    }

    private static String name(ModelFamily family) {
        return family == ModelFamily.WHISPER ? "Whisper (speech)" : family.label();
    }

    /**
     * Of a model of no known family, or whose files are not given. Awaits.
     *
     * @throws TaskException where not even its list of files is given
     */
    ModelSheet ofUnusable(RepoId repo, TaskException refused) {
        try {
            RepoListing listing = files.list(repo, Revision.MAIN);
            List<ModuleChoices> modules =
                    modules(listing, PublishedGraphs.of(listing).keySet());
            if (refused.kind() == TaskException.Kind.GATED_MODEL) {
                return sheet(listing, Kind.OTHER, "", "", modules, "Its files were not given. " + TERMS);
            }
            return ofUnknown(listing, modules, refused);
        } catch (HubException noList) {
            throw TaskException.of(noList);
        }
    }

    private ModelSheet ofUnknown(RepoListing listing, List<ModuleChoices> modules, TaskException refused) {
        if (listing.find("config.json").isEmpty()) {
            return sheet(
                    listing,
                    Kind.OTHER,
                    "",
                    "",
                    modules,
                    "It has no config.json, so it is no model that can be read." + RUN);
        }
        try {
            String text = files.readText(listing.repo(), new Revision(listing.commit()), "config.json");
            Json config = Json.parse(text, "config.json");
            String type = config.get("model_type").asString("");
            List<Json> architectures = config.get("architectures").elements();
            String architecture =
                    architectures.isEmpty() ? "" : architectures.get(0).asString("");
            if (isKnown(config)) {
                return sheet(listing, Kind.OTHER, type, architecture, modules, refused.problem() + ".");
            }
            String named = type.isEmpty() ? "Models like this" : "Models of the type " + type;
            return sheet(listing, Kind.OTHER, type, architecture, modules, named + " are not run." + RUN);
        } catch (JsonException malformed) {
            return sheet(listing, Kind.OTHER, "", "", modules, refused.problem() + ".");
        }
    }

    private static boolean isKnown(Json config) {
        try {
            ModelConfig.of(config);
            return true;
        } catch (ConfigException unknown) {
            return false;
        }
    }

    private ModelSheet sheet(
            RepoListing listing,
            Kind kind,
            String type,
            String architecture,
            List<ModuleChoices> modules,
            String trouble) {
        RepoAbout about = files.about(listing.repo());
        return new ModelSheet(
                listing.repo().toString(), kind, type, architecture, about.task(), about.isGated(), modules, trouble);
    }
}
