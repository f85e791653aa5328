package samovar.wire;

/**
 * One event of a text/event-stream.
 *
 * @param name the {@code event} field, {@code message} where it has none
 * @param data the {@code data} lines, joined by line feeds
 */
public record SseEvent(String name, String data) {
    /** The data of the event that ends a stream of chat completion chunks. */
    public static final String DONE = "[DONE]";

    public boolean isDone() {
        return DONE.equals(data);
    }

    /** The event as it is sent, its empty line included; a default name is left out. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        if (!name.equals("message")) {
            text.append("event: ").append(name).append('\n');
        }
        int from = 0;
        for (int end = data.indexOf('\n'); end >= 0; end = data.indexOf('\n', from)) {
            text.append("data: ").append(data, from, end).append('\n');
            from = end + 1;
        }
        return text.append("data: ")
                .append(data, from, data.length())
                .append("\n\n")
                .toString();
    }
}
