package samovar.jvm;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import samovar.chat.TemplateMoment;
import samovar.dtype.Device;
import samovar.dtype.DeviceCapabilities;
import samovar.jvm.hub.CacheEvents;
import samovar.jvm.hub.HubClient;
import samovar.jvm.hub.HubFiles;
import samovar.jvm.hub.ModelFolders;
import samovar.jvm.hub.VerifiedCache;
import samovar.jvm.imageio.ImageIoDecoder;
import samovar.jvm.ortcpu.OrtCpuRuntime;
import samovar.runtime.ModelRuntime;
import samovar.task.Pipelines;
import samovar.task.PlatformPorts;

/**
 * The door on the JVM.
 *
 * <pre>{@code
 * Pipelines pipelines = JvmPipelines.create(JvmOptions.defaults().models(List.of(Path.of("models"))));
 * }</pre>
 */
public final class JvmPipelines {
    private JvmPipelines() {}

    /** With {@link JvmOptions#defaults()}. */
    public static Pipelines create() {
        return create(JvmOptions.defaults());
    }

    public static Pipelines create(JvmOptions options) {
        return new Pipelines(ports(options, files(options)));
    }

    /** Model folders, cache and Hub of these options. May be shared between threads. */
    public static HubFiles files(JvmOptions options) {
        return files(options, CacheEvents.NONE);
    }

    /** The same, and somebody who counts what happens in the cache. */
    public static HubFiles files(JvmOptions options, CacheEvents events) {
        Optional<HubClient> upstream = options.offline()
                ? Optional.empty()
                : Optional.of(new HubClient(options.hub(), options.token(), HubClient.Patience.USUAL));
        return new HubFiles(
                new ModelFolders(options.models()),
                new VerifiedCache(options.cache(), options.cacheLimitBytes(), events),
                upstream);
    }

    /** What the core needs of this machine. May be shared between threads. */
    public static PlatformPorts ports(JvmOptions options, HubFiles files) {
        return new PlatformPorts(
                files,
                device -> runtime(device, options, files),
                new JdkNormalizer(),
                System::nanoTime,
                JvmPipelines::now,
                new ImageIoDecoder(),
                DeviceCapabilities.cpu(memoryBytes()));
    }

    private static ModelRuntime runtime(Device device, JvmOptions options, HubFiles files) {
        return switch (device) {
            case CPU -> new OrtCpuRuntime(files, options.threads());
            case WEBGPU, WASM ->
                throw new IllegalArgumentException("the JVM has no device " + device.label() + "; it has cpu");
        };
    }

    private static TemplateMoment now() {
        OffsetDateTime now = OffsetDateTime.now(ZoneId.systemDefault());
        return new TemplateMoment(
                now.toInstant().toEpochMilli(), now.getOffset().getTotalSeconds() / 60);
    }

    /** The machine's memory: weights live outside of the Java heap. 0, unknown, on a JVM that does not say. */
    private static long memoryBytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }
}
