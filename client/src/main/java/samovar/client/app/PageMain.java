package samovar.client.app;

import samovar.client.browser.AdapterProbe;
import samovar.client.browser.BrowserFileSource;
import samovar.client.browser.KeptWeights;
import samovar.client.browser.RemoteModels;
import samovar.client.ui.ChatPage;
import samovar.client.worker.WorkerBackends;
import samovar.hub.HubUrls;

/** Starts the page. */
public final class PageMain {
    private static final String OWN_ORIGIN = "";

    private PageMain() {}

    /** @param args the address of the worker's script */
    public static void main(String[] args) {
        RemoteModels server = new RemoteModels(OWN_ORIGIN);
        ModelShelf shelf = new ModelShelf(server, new BrowserFileSource(new HubUrls(OWN_ORIGIN)));
        BrowserSide browser = new BrowserSide(
                new WorkerBackends(args[0]), new WorkerBackends(args[0]), AdapterProbe.probe(), new KeptWeights());
        ChatPage.open(new PagePlaces(shelf, browser, new ServerSide(server)));
    }
}
