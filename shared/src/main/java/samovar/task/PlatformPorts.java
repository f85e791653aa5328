package samovar.task;

import java.util.Objects;
import samovar.dtype.DeviceCapabilities;
import samovar.hub.FileSource;
import samovar.image.ImageDecoder;
import samovar.platform.NanoClock;
import samovar.platform.Normalizer;

/**
 * Everything that the core needs of the place it runs in; one value per place, made by {@code JvmPipelines} or {@code
 * BrowserPipelines}.
 *
 * @param files listings and small text files of repositories
 * @param runtimes opens planned modules
 * @param normalizer Unicode normalization for tokenizers
 * @param clock for timings
 * @param wallClock for templates
 * @param images reads pictures
 * @param capabilities what plans may ask for here
 */
public record PlatformPorts(
        FileSource files,
        RuntimeFactory runtimes,
        Normalizer normalizer,
        NanoClock clock,
        WallClock wallClock,
        ImageDecoder images,
        DeviceCapabilities capabilities) {
    public PlatformPorts {
        Objects.requireNonNull(files, "files");
        Objects.requireNonNull(runtimes, "runtimes");
        Objects.requireNonNull(normalizer, "normalizer");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(wallClock, "wallClock");
        Objects.requireNonNull(images, "images");
        Objects.requireNonNull(capabilities, "capabilities");
    }
}
