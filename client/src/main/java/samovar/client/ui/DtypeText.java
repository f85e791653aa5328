package samovar.client.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.dtype.DtypePlanException;
import samovar.dtype.DtypeSpec;
import samovar.json.Json;
import samovar.json.JsonException;

/**
 * Wanted weights as an address writes them: one name for all modules ({@code q4}), names by module ({@code
 * vision_encoder:fp16,encoder_model:q4}; modules left out are automatic), or the same as a JSON map. What is none of these is taken
 * for a name, which the planner refuses with the names that there are.
 */
final class DtypeText {
    private DtypeText() {}

    static DtypeSpec parse(String text) {
        if (text.isEmpty() || text.equals(Selection.AUTO)) {
            return DtypeSpec.AUTO;
        }
        if (text.startsWith("{")) {
            try {
                return DtypeSpec.ofJson(Json.parse(text, "dtype"));
            } catch (JsonException | DtypePlanException malformed) {
                return DtypeSpec.of(text);
            }
        }
        return text.indexOf(':') < 0 ? DtypeSpec.of(text) : byModule(text);
    }

    private static DtypeSpec byModule(String text) {
        Map<String, String> dtypes = new LinkedHashMap<>();
        int start = 0;
        while (start <= text.length()) {
            // String.split would bring all of java.util.regex into the page.
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            int colon = text.indexOf(':', start);
            if (colon < 0 || colon > end) {
                return DtypeSpec.of(text);
            }
            dtypes.put(
                    text.substring(start, colon).trim(),
                    text.substring(colon + 1, end).trim());
            start = end + 1;
        }
        return DtypeSpec.of(dtypes);
    }

    /** What {@link #parse} reads as this. */
    static String write(DtypeSpec spec) {
        if (spec.perModule().isEmpty()) {
            return spec.all();
        }
        List<String> parts = new ArrayList<>();
        spec.perModule().forEach((module, dtype) -> parts.add(module + ":" + dtype));
        return String.join(",", parts);
    }

    /** For a narrow place: names by module are {@code mixed}. */
    static String brief(String text) {
        return parse(text).perModule().isEmpty() ? text : "mixed";
    }
}
