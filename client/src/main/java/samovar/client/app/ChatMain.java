package samovar.client.app;

import samovar.client.ui.ChatPage;
import samovar.client.worker.WorkerMain;

/**
 * Where the compiled client begins on the page to chat with. Page and worker are one program: most of what they are made of is the
 * same, so one file for both is a third smaller than one for each. The page of pictures is another program, {@link PicturesMain}: what
 * only one of the two needs (templates here, image processing there) would make the first visit to the other a tenth longer.
 */
public final class ChatMain {
    private ChatMain() {}

    /** @param args {@code page} and the address of the worker's script, or {@code worker} */
    public static void main(String[] args) {
        if (args[0].equals(PageParts.WORKER)) {
            WorkerMain.chat();
        } else {
            ChatPage.open(PageParts.places(args[1]));
        }
    }
}
