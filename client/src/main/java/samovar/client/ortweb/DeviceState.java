package samovar.client.ortweb;

/** Whether the GPU device is still there. Told from a JavaScript callback, so it only keeps the news. */
final class DeviceState {
    private String loss;

    void lose(String reason) {
        loss = reason.isEmpty() ? "the browser gave no reason" : reason;
    }

    /** Why the device is gone; null while it is there. */
    String loss() {
        return loss;
    }
}
