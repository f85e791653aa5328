package samovar.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a text/event-stream from pieces of text cut anywhere, as the HTML standard parses it: lines end in LF, CR or CR LF, a
 * byte order mark at the start and comment lines are skipped, an event ends at an empty line, and one without data is no event.
 * The fields {@code id} and {@code retry} are skipped: nothing here reconnects.
 *
 * <p>For one stream and one thread.
 */
public final class SseReader {
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder data = new StringBuilder();
    private String name = "";
    private boolean hasData;
    private boolean afterCarriageReturn;
    private boolean started;

    /** The events that this piece completes, in order; what stays open at the end of a stream is no event. */
    public List<SseEvent> add(String piece) {
        List<SseEvent> events = new ArrayList<>();
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            boolean skip = (c == '\n' && afterCarriageReturn) || (c == '\ufeff' && !started);
            started = true;
            afterCarriageReturn = c == '\r';
            if (skip) {
                continue;
            }
            if (c == '\n' || c == '\r') {
                endLine(events);
            } else {
                line.append(c);
            }
        }
        return events;
    }

    private void endLine(List<SseEvent> events) {
        if (line.length() == 0) {
            endEvent(events);
            return;
        }
        String text = line.toString();
        line.setLength(0);
        int colon = text.indexOf(':');
        if (colon == 0) {
            return;
        }
        String field = colon < 0 ? text : text.substring(0, colon);
        int from = colon < 0 ? text.length() : colon + 1;
        if (from < text.length() && text.charAt(from) == ' ') {
            from++;
        }
        String value = text.substring(from);
        if (field.equals("data")) {
            if (hasData) {
                data.append('\n');
            }
            data.append(value);
            hasData = true;
        } else if (field.equals("event")) {
            name = value;
        }
    }

    private void endEvent(List<SseEvent> events) {
        if (hasData) {
            events.add(new SseEvent(name.isEmpty() ? "message" : name, data.toString()));
        }
        data.setLength(0);
        hasData = false;
        name = "";
    }
}
