package samovar.server;

import java.io.PrintWriter;
import samovar.dtype.ByteSize;
import samovar.runtime.LoadEvent;
import samovar.runtime.LoadListener;

/** A download's progress: on a terminal one line that is written over, elsewhere a line per tenth. For one thread. */
final class ProgressLine implements LoadListener, AutoCloseable {
    private static final int BAR = 30;
    private static final long REDRAW_NANOS = 100_000_000;

    private final PrintWriter out;
    /** From JDK 22 on a console is there without a terminal too; the line is then drawn into the file. */
    @SuppressWarnings("SystemConsoleNull")
    private final boolean terminal = System.console() != null;

    private final long start = System.nanoTime();
    private long drawn;
    private long tenths = -1;
    private boolean open;

    ProgressLine(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void on(LoadEvent event) {
        switch (event.phase()) {
            case DOWNLOADING -> {
                if (!event.fromCache()) {
                    download(event.loadedBytes(), event.totalBytes());
                }
            }
            case READY -> ready(event);
            case LISTING, VERIFYING, COMPILING, WARMING -> {
                // Short, or told with the end.
            }
        }
    }

    private void download(long loaded, long total) {
        long now = System.nanoTime();
        if (terminal && now - drawn > REDRAW_NANOS) {
            drawn = now;
            draw(loaded, total, now);
        }
        long done = total == 0 ? 10 : loaded * 10 / total;
        if (!terminal && done > tenths) {
            tenths = done;
            out.println(done * 10 + " %  " + ByteSize.text(loaded) + " of " + ByteSize.text(total));
            out.flush();
        }
    }

    private void draw(long loaded, long total, long now) {
        int filled = total == 0 ? BAR : (int) (loaded * BAR / total);
        double seconds = Math.max(1e-3, (now - start) / 1e9);
        String speed = ByteSize.text((long) (loaded / seconds)) + "/s";
        out.print("\r[" + "=".repeat(filled) + " ".repeat(BAR - filled) + "] " + ByteSize.text(loaded) + " of "
                + ByteSize.text(total) + "  " + speed + "   ");
        out.flush();
        open = true;
    }

    private void ready(LoadEvent event) {
        close();
        String from = event.fromCache() ? "all of it was here" : "verified";
        out.println(ByteSize.text(event.totalBytes()) + ", " + from);
        out.flush();
    }

    /** Ends the line, also when the download failed in the middle of it. */
    @Override
    public void close() {
        if (open) {
            out.println();
            out.flush();
            open = false;
        }
    }
}
