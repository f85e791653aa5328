package samovar.jvm.hub;

/** What happens in a cache, for those who count it. Called from any thread, often several at once; must not block. */
public interface CacheEvents {
    CacheEvents NONE = new CacheEvents() {};

    /** A content was asked for, and is here. */
    default void hit() {}

    /** A content was asked for that has to come from the upstream first, or is on its way. */
    default void missed() {}

    /** A download began; {@link #ended} is called once for it. */
    default void began() {}

    default void ended() {}

    /** Bytes of contents came from the upstream. */
    default void received(long bytes) {}

    /** What came had not the hash, or the length, that was promised. */
    default void damaged() {}

    /** A content, or what there was of it, made room. */
    default void evicted(long bytes) {}
}
