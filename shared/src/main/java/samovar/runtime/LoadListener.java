package samovar.runtime;

/** Told how loading goes on. Never awaits, and returns quickly. */
public interface LoadListener {
    LoadListener NONE = event -> {};

    void on(LoadEvent event);
}
