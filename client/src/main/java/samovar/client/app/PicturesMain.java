package samovar.client.app;

import samovar.client.ui.PicturesPage;
import samovar.client.worker.WorkerMain;

/** Where the compiled client begins on the page of pictures. */
public final class PicturesMain {
    private PicturesMain() {}

    /** @param args {@code page} and the address of the worker's script, or {@code worker} */
    public static void main(String[] args) {
        if (args[0].equals(PageParts.WORKER)) {
            WorkerMain.pictures();
        } else {
            PicturesPage.open(PageParts.places(args[1]));
        }
    }
}
