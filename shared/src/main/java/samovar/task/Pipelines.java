package samovar.task;

import samovar.config.ModelConfig;
import samovar.dtype.DtypePlan;
import samovar.dtype.DtypePlanner;
import samovar.hub.HubException;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.hub.Revision;
import samovar.runtime.LoadEvent;
import samovar.tokenizer.Tokenizer;

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
     * @throws samovar.dtype.DtypePlanException naming every fault of the request at once; where the repository cannot be listed,
     *     every name that is no dtype's or no device's that is here
     * @throws samovar.hub.HubException if the repository cannot be listed, or has no config.json
     * @throws samovar.config.ConfigException if its family is not supported
     */
    public DtypePlan plan(String id, PipelineOptions options) {
        RepoId repo = RepoId.of(id);
        options.listener().on(new LoadEvent(LoadEvent.Phase.LISTING, "", 0, 0, false));
        RepoListing listing;
        try {
            listing = ports.files().list(repo, options.revision());
        } catch (HubException e) {
            // A typo would still be there with the listing at hand, which is the longer way to hear of it.
            DtypePlanner.checkNames(options.dtypeSpec(), options.deviceName(), ports.capabilities());
            throw e;
        }
        String config = ports.files().readText(repo, new Revision(listing.commit()), "config.json");
        return DtypePlanner.plan(
                listing, ModelConfig.parse(config), options.dtypeSpec(), options.deviceName(), ports.capabilities());
    }

    /** Loads a language model that chats. May await in the browser; throws what {@link #plan} and {@link ChatModel#load} throw. */
    public TextGenerationPipeline textGeneration(String id, PipelineOptions options) {
        return new TextGenerationPipeline(ChatModel.load(ports, plan(id, options), options.listener()));
    }

    /** Loads a Florence-2. May await in the browser; throws what {@link #plan} and {@link CaptionModel#load} throw. */
    public Florence2Pipeline florence2(String id, PipelineOptions options) {
        return new Florence2Pipeline(Florence2Engine.load(ports, plan(id, options), options.listener()));
    }

    /**
     * What makes a Florence-2's inputs and reads its answers. May await in the browser.
     *
     * @throws samovar.hub.HubException if the repository has no preprocessor_config.json
     * @throws TaskException UNSUPPORTED_MODEL if that file names no tasks
     */
    public Florence2Processor florence2Processor(String id) {
        return Florence2Files.processor(ports, RepoId.of(id), Revision.MAIN);
    }

    /**
     * A model's tokenizer. May await in the browser.
     *
     * @throws samovar.hub.HubException if the repository has no tokenizer.json
     * @throws samovar.tokenizer.TokenizerException if the tokenizer has parts that are not supported
     */
    public Tokenizer tokenizer(String id) {
        return Florence2Files.tokenizer(ports, RepoId.of(id), Revision.MAIN);
    }

    /**
     * A picture from {@code http:}, {@code https:} or {@code data:}, and on the JVM from {@code file:}. May await in the browser.
     *
     * @throws samovar.image.ImageException if it cannot be had or read
     */
    public RawImage imageFromUrl(String url) {
        return new RawImage(ports.images().load(url));
    }

    /**
     * A picture from a file's bytes: PNG, JPEG, WebP, GIF or BMP. May await in the browser.
     *
     * @throws samovar.image.ImageException if it cannot be read
     */
    public RawImage imageFromBytes(byte[] file) {
        return new RawImage(ports.images().decode(file));
    }

    public PlatformPorts ports() {
        return ports;
    }
}
