package samovar.platform;

/** A monotonic clock: {@code System::nanoTime} on the JVM, {@code performance.now()} in the browser. Never awaits. */
public interface NanoClock {
    /** Nanoseconds since an arbitrary fixed moment. */
    long nanoTime();
}
