package samovar.generate;

/** Told what a generation brings, in order, on the thread that generates. Never awaits. */
public interface GenerationListener {
    void on(GenerationEvent event);
}
