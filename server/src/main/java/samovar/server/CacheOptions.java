package samovar.server;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;
import samovar.config.ConfigException;
import samovar.dtype.DtypePlanException;
import samovar.hub.HubException;
import samovar.json.JsonException;
import samovar.jvm.JvmOptions;

/** What the commands that work on the cache have in common. */
final class CacheOptions {
    private static final int FAILED = 1;

    @CommandLine.Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where files of the Hub are kept. Default: samovar in the user's cache folder.")
    private Path cache;

    /** Something that ends with words and an exit code. */
    interface Work {
        void run();
    }

    /** @param hub null for the usual one */
    JvmOptions options(String hub) {
        JvmOptions options = JvmOptions.defaults();
        options = cache == null ? options : options.cache(cache);
        return hub == null ? options : options.hub(hub);
    }

    Path folder() {
        return options(null).cache();
    }

    /** Runs it; what goes wrong for known reasons is said in a line. @return the exit code */
    static int told(CommandLine.Model.CommandSpec spec, Work work) {
        try {
            work.run();
            return 0;
        } catch (HubException | DtypePlanException | ConfigException | JsonException | IllegalArgumentException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("samovar: " + e.getMessage());
            err.flush();
            return FAILED;
        }
    }

    static void say(CommandLine.Model.CommandSpec spec, String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, format + "%n", values);
        out.flush();
    }
}
