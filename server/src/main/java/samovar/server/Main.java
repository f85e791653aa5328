package samovar.server;

import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import samovar.hub.HubException;
import samovar.hub.RepoId;
import samovar.jvm.JvmOptions;
import samovar.server.tls.TlsException;
import samovar.server.tls.TlsIdentity;
import samovar.task.TaskException;

/** The command line: options to a configuration, the start with its phases told, and the end by Ctrl-C. */
@CommandLine.Command(
        name = "samovar",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        subcommands = {
            PullCommand.class,
            CacheCommands.ListCommand.class,
            CacheCommands.RemoveCommand.class,
            CacheCommands.VerifyCommand.class
        },
        description = "Serves the page, the Hub's model files and an OpenAI-compatible API on one address.",
        footer = {"", "Then open the address that it prints, or point an OpenAI client at it with /v1 behind."})
public final class Main implements Callable<Integer> {
    private static final int USAGE = 2;
    private static final String PIECE = "jdk.httpclient.bufsize";
    private static final int QUEUE_LENGTH = 8;

    @CommandLine.Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port; 0 is any that is free. Default: ${DEFAULT-VALUE}.")
    private int port;

    @CommandLine.Option(
            names = "--host",
            paramLabel = "NAME",
            defaultValue = "127.0.0.1",
            description =
                    "Name or address to listen on; 0.0.0.0 is all. Default: ${DEFAULT-VALUE}, this machine alone.")
    private String host;

    @CommandLine.Option(
            names = "--models",
            paramLabel = "DIR",
            description =
                    "Folder with models, DIR/org/name/…, as on the Hub. May be repeated; asked before the built-in models.")
    private List<Path> models = new ArrayList<>();

    @CommandLine.Option(
            names = "--model",
            paramLabel = "ID",
            description = "Model to load at the start. Default: the largest of the model folders.")
    private String model;

    @CommandLine.Option(
            names = "--hub",
            paramLabel = "URL",
            description = "Hub that other models come from. Default: HF_ENDPOINT, or the public Hub.")
    private String hub;

    @CommandLine.Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where files of the Hub are kept. Default: samovar in the user's cache folder.")
    private Path cache;

    @CommandLine.Option(
            names = "--cache-limit",
            paramLabel = "SIZE",
            converter = ByteCount.class,
            description =
                    "How much the cache may hold, for example 20GB; what was unused longest makes room, never what is in use."
                            + " Default: no limit.")
    private Long cacheLimit;

    @CommandLine.Option(names = "--offline", description = "Never ask the Hub.")
    private boolean offline;

    @CommandLine.Option(
            names = "--api-key",
            paramLabel = "KEY",
            description = "Key that programs must send to /v1; the page that this server serves needs none."
                    + " Default: SAMOVAR_API_KEY, or none.")
    private String apiKey;

    @CommandLine.Mixin
    private TlsOptions tls;

    @CommandLine.Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of one model's run. Default: one per processor, at most 8.")
    private Integer threads;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private final CountDownLatch stopped = new CountDownLatch(1);

    /** The version that the build wrote into the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"samovar " + (version == null ? "(not from a jar)" : version)};
        }
    }

    public static void main(String[] arguments) {
        // The JDK's HTTP client hands bodies over in pieces of 16 KB, one at a time between threads; larger ones cost a
        // third less of the processor for a download. It reads this once, before it is first used.
        if (System.getProperty(PIECE) == null) {
            System.setProperty(PIECE, String.valueOf(1 << 17));
        }
        System.exit(run(arguments));
    }

    /** Runs until it is stopped; the exit code. */
    static int run(String... arguments) {
        return new CommandLine(new Main()).execute(arguments);
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        SamovarServer server;
        try {
            Phases phases = new Phases(out);
            ServerConfig config = config(phases);
            warnIfOpen(config.network());
            server = SamovarServer.start(config);
            phases.done("server", server.hasPage() ? "" : "without a page: this build has none");
            Thread hook = new Thread(() -> stop(server, out), "stop");
            Runtime.getRuntime().addShutdownHook(hook);
            awaitModel(server, phases);
        } catch (JavalinBindException e) {
            return refuse(cannotListen(e));
        } catch (IOException e) {
            return refuse("the built-in models cannot be unpacked: " + e.getMessage()
                    + "; set XDG_DATA_HOME to a folder with 200 MB free");
        }
        out.println(server.url());
        out.flush();
        stopped.await();
        return 0;
    }

    private ServerConfig config(Phases phases) throws IOException {
        if (port < 0 || port > 65535) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--port: " + port + " is no port; 0 to 65535, and 0 is any that is free");
        }
        JvmOptions options = JvmOptions.defaults().models(modelFolders(phases)).offline(offline);
        if (cache != null) {
            options = options.cache(cache);
        }
        if (cacheLimit != null) {
            options = options.cacheLimit(cacheLimit);
        }
        if (threads != null) {
            options = parsed("--threads", options, given -> given.threads(threads));
        }
        if (hub != null) {
            options = parsed("--hub", options, given -> given.hub(hub));
        }
        Optional<RepoId> first = Optional.ofNullable(model).map(id -> parsed("--model", id, RepoId::of));
        String key = apiKey != null ? apiKey : System.getenv("SAMOVAR_API_KEY");
        Optional<TlsIdentity> identity = identity();
        identity.ifPresent(shown -> phases.done("tls", TlsOptions.describe(shown)));
        return new ServerConfig(
                new ServerConfig.Network(host, port, Optional.ofNullable(key), identity),
                options,
                new ServerConfig.Inference(first, QUEUE_LENGTH, memoryBytes()));
    }

    private Optional<TlsIdentity> identity() {
        try {
            return tls.identity(host, DataFolders.data(System.getenv()));
        } catch (TlsException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--tls: " + e.getMessage(), e);
        }
    }

    private List<Path> modelFolders(Phases phases) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path folder : models) {
            if (!Files.isDirectory(folder)) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(), "--models: there is no folder " + folder.toAbsolutePath());
            }
            folders.add(folder);
        }
        BundledModels bundled = new BundledModels(Main.class.getClassLoader());
        Optional<Path> checkout = DataFolders.checkoutModels(Main.class);
        String note = "";
        if (checkout.isPresent()) {
            folders.add(checkout.get());
            note = "in " + checkout.get();
        } else if (bundled.exist()) {
            Path folder = DataFolders.data(System.getenv()).resolve("models");
            int written = bundled.unpack(folder);
            folders.add(folder);
            note = (written == 0 ? "verified in " : written + " files unpacked to ") + folder;
        }
        phases.done("models", note);
        return folders;
    }

    private interface Parser<A, B> {
        B parse(A given);
    }

    private <A, B> B parsed(String option, A given, Parser<A, B> parser) {
        try {
            return parser.parse(given);
        } catch (IllegalArgumentException | HubException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }

    private void awaitModel(SamovarServer server, Phases phases) {
        try {
            server.awaitDefaultModel();
            phases.done(
                    "default model", server.defaultModel().map(RepoId::toString).orElse("none"));
        } catch (TaskException e) {
            phases.done("default model", "could not be loaded: " + e.getMessage());
        }
    }

    private void stop(SamovarServer server, PrintWriter out) {
        server.close();
        out.println("stopped");
        out.flush();
        stopped.countDown();
    }

    private void warnIfOpen(ServerConfig.Network network) {
        if (!network.isLoopback() && network.apiKey().isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("samovar: warning: with --host " + host
                    + " and no --api-key, whoever reaches this machine may use its API");
            err.flush();
        }
    }

    private int refuse(String message) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("samovar: " + message);
        err.flush();
        return USAGE;
    }

    private String cannotListen(JavalinBindException fault) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
            return "--host " + host
                    + ": there is no machine of this name; try 127.0.0.1, or 0.0.0.0 for all addresses of this one";
        }
        String reason = String.valueOf(cause.getMessage());
        if (reason.contains("in use")) {
            return "port " + port + " is in use on " + host + "; try --port " + (port + 1)
                    + ", or --port 0 for any that is free";
        }
        return "cannot listen on port " + port + " of " + host + ": " + reason
                + "; try another --port (those below 1024 are the system's) or --host";
    }

    /** Half of the machine's memory, since weights lie outside of Java's heap. */
    private static long memoryBytes() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            return system.getTotalMemorySize() / 2;
        }
        return 4L << 30;
    }

    /** Tells each phase of the start with the time it took. */
    private static final class Phases {
        private final PrintWriter out;
        private long since = System.nanoTime();

        Phases(PrintWriter out) {
            this.out = out;
        }

        void done(String name, String note) {
            long now = System.nanoTime();
            double millis = (now - since) / 1e6;
            since = now;
            String time =
                    millis < 1000 ? Math.round(millis) + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000);
            out.printf(Locale.ROOT, "%-14s %8s  %s%n", name, time, note);
            out.flush();
        }
    }
}
