package samovar.generate;

import java.util.List;

/**
 * Watches a growing text for stop strings. Text that might still turn out to begin one is held back, so that what was let
 * through never contains a part of it:
 *
 * <pre>{@code
 * StopText stop = new StopText(List.of("###"));
 * stop.add("one #");   // "one "
 * stop.add("# two");   // "## two"
 * stop.add("## end");  // "", and isReached()
 * }</pre>
 */
final class StopText {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean reached;

    StopText(List<String> stops) {
        this.stops = stops;
    }

    /** @return the text that is certain now; after the stop string has come, empty */
    String add(String piece) {
        if (stops.isEmpty() || piece.isEmpty()) {
            return piece;
        }
        if (reached) {
            return "";
        }
        held.append(piece);
        int cut = firstStop();
        if (cut >= 0) {
            reached = true;
            held.setLength(cut);
            return finish();
        }
        int certain = held.length() - longestBeginning();
        String free = held.substring(0, certain);
        held.delete(0, certain);
        return free;
    }

    /** What was held back and is certain now that nothing follows. */
    String finish() {
        String rest = held.toString();
        held.setLength(0);
        return rest;
    }

    boolean isReached() {
        return reached;
    }

    private int firstStop() {
        int first = -1;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            if (at >= 0 && (first < 0 || at < first)) {
                first = at;
            }
        }
        return first;
    }

    /** The length of the longest end of the held text that begins a stop string. */
    private int longestBeginning() {
        int longest = 0;
        for (String stop : stops) {
            int length = Math.min(stop.length() - 1, held.length());
            while (length > longest && !endsWithBeginning(stop, length)) {
                length--;
            }
            longest = Math.max(longest, length);
        }
        return longest;
    }

    private boolean endsWithBeginning(String stop, int length) {
        int start = held.length() - length;
        for (int i = 0; i < length; i++) {
            if (held.charAt(start + i) != stop.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
