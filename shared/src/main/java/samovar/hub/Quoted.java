package samovar.hub;

import samovar.json.JsonWriter;

/** Text of unknown origin as it may stand in a message: quoted, control characters escaped, cut to a readable length. */
final class Quoted {
    private static final int MAX_CHARS = 120;

    private Quoted() {}

    static String of(String text) {
        if (text == null) {
            return "null";
        }
        return JsonWriter.write(text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text);
    }
}
