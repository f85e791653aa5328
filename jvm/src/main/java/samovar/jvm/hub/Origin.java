package samovar.jvm.hub;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Where a content comes from when it is not cached. May be shared between threads. */
interface Origin {
    /**
     * Opens some of the content.
     *
     * @param from the first byte wanted
     * @param to the end of the bytes wanted, exclusive
     * @return these bytes, or all from the first on where the source knows no ranges
     * @throws PassingFault if asking again may help
     * @throws samovar.hub.HubException if it does not
     */
    Part open(long from, long to) throws PassingFault;

    /** Bytes on their way: {@code [from, to)} of the content. Whoever opened them closes them; closing ends a read under way. */
    record Part(InputStream body, long from, long to) implements Closeable {
        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
