package samovar.client.app;

import samovar.client.worker.WorkerMain;

/**
 * Where the compiled client begins. Page and worker are one program: most of what they are made of is the same, so one file for both is
 * a third smaller than one for each.
 */
public final class SamovarMain {
    private static final String WORKER = "worker";

    private SamovarMain() {}

    /** @param args {@code page} or {@code pictures} and the address of the worker's script, or {@code worker} */
    public static void main(String[] args) {
        if (args[0].equals(WORKER)) {
            WorkerMain.main(new String[0]);
        } else {
            PageMain.main(args);
        }
    }
}
