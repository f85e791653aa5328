package samovar.client.app;

import samovar.client.browser.AdapterProbe;
import samovar.client.browser.BrowserFileSource;
import samovar.client.browser.KeptWeights;
import samovar.client.browser.RemoteModels;
import samovar.client.worker.WorkerBackends;
import samovar.hub.HubUrls;

/** What both pages are put together from. */
final class PageParts {
    /** Asks a program to be the worker, not the page. */
    static final String WORKER = "worker";

    private static final String OWN_ORIGIN = "";

    private PageParts() {}

    /**
     * This browser's places and the server. Awaits the probe of the adapter.
     *
     * @param workerUrl of the worker's script
     */
    static PagePlaces places(String workerUrl) {
        RemoteModels server = new RemoteModels(OWN_ORIGIN);
        ModelShelf shelf = new ModelShelf(server, new BrowserFileSource(new HubUrls(OWN_ORIGIN)));
        BrowserSide browser = new BrowserSide(new WorkerBackends(workerUrl), AdapterProbe.probe(), new KeptWeights());
        return new PagePlaces(shelf, browser, new ServerSide(server));
    }
}
