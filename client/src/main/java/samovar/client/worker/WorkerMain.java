package samovar.client.worker;

import samovar.client.browser.WeightStore;
import samovar.client.js.WorkerScope;
import samovar.hub.HubUrls;

/** The worker's program: {@code import {main} from './worker.js'; main([]);} in a module worker of the page's origin. */
public final class WorkerMain {
    private WorkerMain() {}

    public static void main(String[] args) {
        HubUrls hub = new HubUrls("");
        new WorkerLoop(hub, new WeightStore(hub), WorkerScope::postMessage).run();
    }
}
