package samovar.task;

import samovar.config.ModelConfig;
import samovar.dtype.DtypePlan;
import samovar.dtype.DtypePlanner;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.hub.Revision;
import samovar.runtime.LoadEvent;

/**
 * The door: {@code JvmPipelines.create()} or {@code BrowserPipelines.create()} gives one, and every line after that is
 * the same source on both sides.
 *
 * <pre>{@code
 * TextGenerationPipeline generator = pipelines.textGeneration(
 *         "onnx-community/Qwen2.5-0.5B-Instruct", PipelineOptions.dtype("q4").device("webgpu"));
 * TextGeneration output = generator.generate(messages, GenerationSettings.maxNewTokens(128));
 * System.out.println(output.last().content());
 * }</pre>
 *
 * <p>Not thread-safe; its pipelines are closed one by one.
 */
public final class Pipelines {
    private final PlatformPorts ports;

    public Pipelines(PlatformPorts ports) {
        this.ports = ports;
    }

    /**
     * What would be loaded, before a byte of weights moves. May await in the browser.
     *
     * @param id the repository, {@code org/name}
     * @throws samovar.dtype.DtypePlanException naming every fault of the request at once
     * @throws samovar.hub.HubException if the repository cannot be listed, or has no config.json
     * @throws samovar.config.ConfigException if its family is not supported
     */
    public DtypePlan plan(String id, PipelineOptions options) {
        RepoId repo = RepoId.of(id);
        options.listener().on(new LoadEvent(LoadEvent.Phase.LISTING, "", 0, 0, false));
        RepoListing listing = ports.files().list(repo, options.revision());
        String config = ports.files().readText(repo, new Revision(listing.commit()), "config.json");
        return DtypePlanner.plan(
                listing, ModelConfig.parse(config), options.dtypeSpec(), options.deviceName(), ports.capabilities());
    }

    /** Loads a language model that chats. May await in the browser; throws what {@link #plan} and {@link ChatModel#load} throw. */
    public TextGenerationPipeline textGeneration(String id, PipelineOptions options) {
        return new TextGenerationPipeline(ChatModel.load(ports, plan(id, options), options.listener()));
    }

    public PlatformPorts ports() {
        return ports;
    }
}
