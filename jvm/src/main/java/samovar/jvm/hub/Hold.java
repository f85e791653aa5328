package samovar.jvm.hub;

/** Contents that are in use: as long as it is open, none of them is evicted from the cache. Closing it again does nothing. */
public interface Hold extends AutoCloseable {
    /** Of files that no cache evicts. */
    Hold NONE = () -> {};

    @Override
    void close();
}
