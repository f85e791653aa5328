package samovar.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import samovar.dtype.ByteSize;
import samovar.dtype.DtypePlan;
import samovar.dtype.DtypePlanException;
import samovar.dtype.DtypePlanner;
import samovar.dtype.DtypeSpec;
import samovar.dtype.PlannedModule;
import samovar.hub.HubUrls;
import samovar.hub.RepoId;
import samovar.jvm.JvmOptions;
import samovar.jvm.JvmPipelines;
import samovar.jvm.ModelDownload;
import samovar.jvm.hub.HubFiles;
import samovar.task.PipelineOptions;
import samovar.task.Pipelines;

/** {@code samovar pull MODEL}: the files of one plan into the cache, and no others. */
@CommandLine.Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Fetches what one model needs in one dtype into the cache, verified.")
final class PullCommand implements Callable<Integer> {
    @CommandLine.Mixin
    private CacheOptions where;

    @CommandLine.Option(
            names = "--hub",
            paramLabel = "URL",
            description = "Hub to fetch from. Default: HF_ENDPOINT, or the public Hub.")
    private String hub;

    @CommandLine.Option(
            names = "--cache-limit",
            paramLabel = "SIZE",
            converter = ByteCount.class,
            description =
                    "How much the cache may hold, for example 20GB; what was unused longest makes room, never what is in use."
                            + " Default: no limit.")
    private Long cacheLimit;

    @CommandLine.Option(
            names = "--dtype",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "fp32, fp16, q8, int8, uint8, q4, bnb4, q4f16 or auto;"
                    + " or one per module: embed_tokens=fp16,encoder_model=q4. Default: auto.")
    private String dtype;

    @CommandLine.Option(
            names = "--revision",
            paramLabel = "NAME",
            defaultValue = "main",
            description = "Branch, tag or commit. Default: ${DEFAULT-VALUE}.")
    private String revision;

    @CommandLine.Parameters(paramLabel = "MODEL", description = "The repository's id, org/name.")
    private String model;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        return CacheOptions.told(spec, () -> {
            JvmOptions options = where.options(hub);
            refuseBundled(options);
            options = cacheLimit == null ? options : options.cacheLimit(cacheLimit);
            HubFiles files = JvmPipelines.files(options);
            Pipelines pipelines = new Pipelines(JvmPipelines.ports(options, files));
            DtypeSpec asked = spec(dtype);
            DtypePlanner.checkNames(
                    asked, DtypePlanner.AUTO_DEVICE, pipelines.ports().capabilities());
            DtypePlan plan = pipelines.plan(model, PipelineOptions.dtype(asked).revision(revision));
            for (PlannedModule module : plan.modules()) {
                CacheOptions.say(
                        spec,
                        "%-22s %-6s %9s  %s",
                        module.name(),
                        module.dtype().label(),
                        ByteSize.text(module.sizeBytes()),
                        module.reason());
            }
            try (ProgressLine progress = new ProgressLine(spec.commandLine().getOut())) {
                ModelDownload.fetch(files, plan, progress);
            }
            CacheOptions.say(
                    spec, "%s is in %s", plan.repo(), where.options(hub).cache());
        });
    }

    /** A Hub that was named may be another Samovar, which has them; the public one does not. */
    private void refuseBundled(JvmOptions options) {
        if (options.hub().equals(HubUrls.PUBLIC) && RepoId.of(model).toString().startsWith("bundled/")) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "models of bundled/ come with Samovar and are not on the Hub: there is nothing to pull for "
                            + model);
        }
    }

    /** {@code q4}, or {@code module=q4,module=fp16}. */
    static DtypeSpec spec(String text) throws DtypePlanException {
        if (text.indexOf('=') < 0) {
            return DtypeSpec.of(text.strip());
        }
        Map<String, String> perModule = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            String module =
                    equals < 0 ? pair.strip() : pair.substring(0, equals).strip();
            perModule.put(module, equals < 0 ? "" : pair.substring(equals + 1).strip());
        }
        return DtypeSpec.of(perModule);
    }
}
