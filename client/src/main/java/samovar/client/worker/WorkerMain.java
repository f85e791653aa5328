package samovar.client.worker;

import samovar.client.browser.WeightStore;
import samovar.client.js.WorkerScope;
import samovar.hub.HubUrls;

/** The worker's program, started by {@code worker-boot.js} in a module worker of the page's origin. */
public final class WorkerMain {
    private WorkerMain() {}

    public static void main(String[] args) {
        HubUrls hub = new HubUrls("");
        new WorkerLoop(hub, new WeightStore(hub), WorkerScope::postMessage).run();
    }
}
