package samovar.server;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where the program's own things lie. */
final class DataFolders {
    private DataFolders() {}

    /** The user's folder for data of programs: XDG_DATA_HOME, or what the system has for it. */
    static Path data(Map<String, String> environment) {
        Path home = Path.of(System.getProperty("user.home"));
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String xdg = environment.getOrDefault("XDG_DATA_HOME", "");
        String windows = environment.getOrDefault("LOCALAPPDATA", "");
        Path data;
        if (!xdg.isBlank()) {
            data = Path.of(xdg);
        } else if (system.startsWith("mac")) {
            data = home.resolve("Library").resolve("Application Support");
        } else if (system.startsWith("windows") && !windows.isBlank()) {
            data = Path.of(windows);
        } else {
            data = home.resolve(".local").resolve("share");
        }
        return data.resolve("samovar");
    }

    /**
     * The folder {@code models} of the checkout that the running jar was built in. Models are read there in place, and one that is
     * dropped into it appears.
     */
    static Optional<Path> checkoutModels(Class<?> main) {
        try {
            Path code = Path.of(
                    main.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path target = code.getParent();
            boolean built = target != null
                    && target.endsWith(Path.of("server", "target"))
                    && Files.isRegularFile(target.resolve("../../pom.xml"));
            return Optional.of(target)
                    .filter(folder -> built)
                    .map(folder -> folder.resolve("../../models").normalize())
                    .filter(Files::isDirectory);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
