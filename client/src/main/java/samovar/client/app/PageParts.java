package samovar.client.app;

import java.util.Optional;
import samovar.client.browser.AdapterProbe;
import samovar.client.browser.BrowserFileSource;
import samovar.client.browser.KeptWeights;
import samovar.client.browser.RemoteModels;
import samovar.client.ui.PageLink;
import samovar.client.worker.WorkerBackends;
import samovar.dtype.Device;
import samovar.dtype.DeviceCapabilities;
import samovar.dtype.Place;
import samovar.hub.HubUrls;

/** What both pages are put together from. */
final class PageParts {
    /** Asks a program to be the worker, not the page. */
    static final String WORKER = "worker";

    private static final String OWN_ORIGIN = "";

    private PageParts() {}

    /**
     * This browser's places and the server. Where a model will likely run in the worker it is started at once, for ONNX Runtime
     * takes longer to start than all else. Awaits the probe of the adapter.
     *
     * @param workerUrl of the worker's script
     */
    static PagePlaces places(String workerUrl) {
        RemoteModels server = new RemoteModels(OWN_ORIGIN);
        ModelShelf shelf = new ModelShelf(server, new BrowserFileSource(new HubUrls(OWN_ORIGIN)));
        WorkerBackends worker = new WorkerBackends(workerUrl);
        Optional<Place> asked = PageLink.here().findPlace();
        if (asked.isPresent() && asked.get() != Place.SERVER) {
            worker.start();
        }
        DeviceCapabilities capabilities = AdapterProbe.probe();
        if (asked.isEmpty() && capabilities.available().contains(Device.WEBGPU) && !capabilities.softwareAdapter()) {
            worker.start();
        }
        BrowserSide browser = new BrowserSide(worker, capabilities, new KeptWeights());
        return new PagePlaces(shelf, browser, new ServerSide(server));
    }
}
