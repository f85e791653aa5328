package samovar.client.worker;

import samovar.client.browser.WeightStore;
import samovar.client.js.WorkerScope;
import samovar.hub.HubUrls;
import samovar.task.CaptionModel;
import samovar.task.ChatModel;

/**
 * The worker's program, started by {@code worker-boot.js} or {@code pictures-worker-boot.js} in a module worker of the page's origin.
 * Two doors, so that a compiled program holds only what its models need. Neither returns.
 */
public final class WorkerMain {
    private WorkerMain() {}

    /** Serves models that chat. */
    public static void chat() {
        serve((ports, plan, listener) -> new LoadedChat(ChatModel.load(ports, plan, listener)));
    }

    /** Serves models for pictures. */
    public static void pictures() {
        serve((ports, plan, listener) -> new LoadedCaptions(CaptionModel.load(ports, plan, listener)));
    }

    private static void serve(LoadedModel.Opener opener) {
        HubUrls hub = new HubUrls("");
        new WorkerLoop(hub, new WeightStore(hub), opener, WorkerScope::postMessage).run();
    }
}
