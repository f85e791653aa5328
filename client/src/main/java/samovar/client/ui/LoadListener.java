package samovar.client.ui;

/** Told how loading goes on. Never awaits. */
public interface LoadListener {
    void on(LoadProgress progress);
}
