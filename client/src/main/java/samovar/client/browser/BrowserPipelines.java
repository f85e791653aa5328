package samovar.client.browser;

import samovar.client.ortweb.OrtWebRuntime;
import samovar.dtype.DeviceCapabilities;
import samovar.hub.HubUrls;
import samovar.task.Pipelines;
import samovar.task.PlatformPorts;

/**
 * The door in a browser: {@code BrowserPipelines.create()}. Models run in the realm that calls it, so call it in a worker
 * where a page must stay responsive. All methods but {@link #ports} await.
 */
public final class BrowserPipelines {
    private BrowserPipelines() {}

    /** Pipelines over the models that this page's own server has. */
    public static Pipelines create() {
        return create(new HubUrls(""));
    }

    /** Pipelines over the models of a Hub or mirror that allows this page's origin. */
    public static Pipelines create(HubUrls hub) {
        return new Pipelines(ports(hub, new WeightStore(hub), AdapterProbe.probe()));
    }

    /** What {@link #create(HubUrls)} is made of, for a caller who keeps the weights' store to cancel downloads. */
    public static PlatformPorts ports(HubUrls hub, WeightStore weights, DeviceCapabilities capabilities) {
        return new PlatformPorts(
                new BrowserFileSource(hub),
                device -> new OrtWebRuntime(device, weights),
                new BrowserNormalizer(),
                new BrowserClock(),
                new BrowserWallClock(),
                new BrowserImageDecoder(),
                capabilities);
    }
}
