package samovar.server;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import samovar.dtype.ByteSize;
import samovar.hub.RepoFile;
import samovar.hub.RepoId;
import samovar.jvm.hub.KeptModels;

/** {@code samovar list}, {@code rm} and {@code verify}: what the cache keeps. */
final class CacheCommands {
    private static final int DAMAGED = 1;

    private CacheCommands() {}

    /** What is kept, with sizes. */
    @CommandLine.Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the models of the cache with their sizes, and what is missing of those whose download"
                    + " broke off; with --files their files too.")
    static final class ListCommand implements Callable<Integer> {
        @CommandLine.Mixin
        private CacheOptions where;

        @CommandLine.Option(names = "--files", description = "Each file, too.")
        private boolean files;

        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec;

        @Override
        public Integer call() {
            return CacheOptions.told(spec, () -> {
                List<KeptModels.Kept> kept = new KeptModels(where.folder()).list();
                for (KeptModels.Kept model : kept) {
                    String lacks = String.join(", ", model.lacks());
                    CacheOptions.say(
                            spec,
                            "%9s  %s%s",
                            ByteSize.text(model.sizeBytes()),
                            model.repo(),
                            lacks.isEmpty() ? "" : "  incomplete: " + lacks);
                    for (RepoFile file : files ? model.files() : List.<RepoFile>of()) {
                        CacheOptions.say(spec, "%9s    %s", ByteSize.text(file.sizeBytes()), file.path());
                    }
                }
                CacheOptions.say(spec, "%d models in %s", kept.size(), where.folder());
            });
        }
    }

    /** Forgets models. */
    @CommandLine.Command(
            name = "rm",
            mixinStandardHelpOptions = true,
            description = "Removes models from the cache. Contents that another model has too stay.")
    static final class RemoveCommand implements Callable<Integer> {
        @CommandLine.Mixin
        private CacheOptions where;

        @CommandLine.Parameters(paramLabel = "MODEL", arity = "1..*", description = "Repository ids, org/name.")
        private List<String> models;

        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec;

        @Override
        public Integer call() {
            return CacheOptions.told(spec, () -> {
                for (String model : models) {
                    long freed = new KeptModels(where.folder()).remove(RepoId.of(model));
                    CacheOptions.say(spec, "%s removed, %s freed", model, ByteSize.text(freed));
                }
            });
        }
    }

    /** Hashes everything. */
    @CommandLine.Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Reads all of the cache and compares it with its hashes; what is damaged is removed.")
    static final class VerifyCommand implements Callable<Integer> {
        @CommandLine.Mixin
        private CacheOptions where;

        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec;

        private boolean damaged;

        @Override
        public Integer call() {
            int code = CacheOptions.told(spec, () -> {
                List<KeptModels.Damaged> found = new KeptModels(where.folder()).verify();
                damaged = !found.isEmpty();
                for (KeptModels.Damaged one : found) {
                    CacheOptions.say(
                            spec, "damaged and removed: %s", one.names().isEmpty() ? one.blob() : one.names());
                }
                CacheOptions.say(
                        spec,
                        damaged ? "%d damaged in %s; pull them again" : "all is whole in %2$s",
                        found.size(),
                        where.folder());
            });
            return damaged ? DAMAGED : code;
        }
    }
}
