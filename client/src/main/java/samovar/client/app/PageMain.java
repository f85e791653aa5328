package samovar.client.app;

import samovar.client.browser.AdapterProbe;
import samovar.client.browser.BrowserFileSource;
import samovar.client.browser.KeptWeights;
import samovar.client.browser.RemoteModels;
import samovar.client.ui.ChatPage;
import samovar.client.ui.PicturesPage;
import samovar.client.worker.WorkerBackends;
import samovar.hub.HubUrls;

/** Starts one of the two pages. */
public final class PageMain {
    private static final String PICTURES = "pictures";
    private static final String OWN_ORIGIN = "";

    private PageMain() {}

    /** @param args {@code pictures}, or another word for the chat, and the address of the worker's script */
    public static void main(String[] args) {
        RemoteModels server = new RemoteModels(OWN_ORIGIN);
        ModelShelf shelf = new ModelShelf(server, new BrowserFileSource(new HubUrls(OWN_ORIGIN)));
        BrowserSide browser = new BrowserSide(
                new WorkerBackends(args[1]), new WorkerBackends(args[1]), AdapterProbe.probe(), new KeptWeights());
        PagePlaces places = new PagePlaces(shelf, browser, new ServerSide(server));
        if (args[0].equals(PICTURES)) {
            PicturesPage.open(places);
        } else {
            ChatPage.open(places);
        }
    }
}
