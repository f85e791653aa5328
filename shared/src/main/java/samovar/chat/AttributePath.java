package samovar.chat;

import java.util.ArrayList;
import java.util.List;

/** What filters name by {@code attribute="a.b.0"}: items of items, numbers as numbers; no steps give the value itself. */
final class AttributePath {
    private final List<Object> steps;
    private final Object fallback;

    private AttributePath(List<Object> steps, Object fallback) {
        this.steps = steps;
        this.fallback = fallback;
    }

    static AttributePath of(Object attribute) {
        return of(attribute, null);
    }

    /** @param fallback what stands for a missing item, or null for none */
    static AttributePath of(Object attribute, Object fallback) {
        List<Object> steps = new ArrayList<>();
        if (attribute instanceof String text) {
            int from = 0;
            for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', from)) {
                steps.add(step(text.substring(from, dot)));
                from = dot + 1;
            }
            steps.add(step(text.substring(from)));
        } else if (attribute != null) {
            steps.add(attribute);
        }
        return new AttributePath(steps, fallback);
    }

    /** Several paths parted by commas. */
    static List<AttributePath> all(Object attribute) {
        List<AttributePath> paths = new ArrayList<>();
        if (attribute instanceof String text) {
            int from = 0;
            for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', from)) {
                paths.add(of(text.substring(from, comma)));
                from = comma + 1;
            }
            paths.add(of(text.substring(from)));
        } else {
            paths.add(of(attribute));
        }
        return paths;
    }

    private static Object step(String part) {
        boolean digits = !part.isEmpty();
        for (int i = 0; i < part.length(); i++) {
            digits &= part.charAt(i) >= '0' && part.charAt(i) <= '9';
        }
        Long number = digits ? Chars.parseLong(part, 10) : null;
        return number == null ? part : number;
    }

    Object of(Rendering r, Object value) {
        Object at = value;
        for (Object step : steps) {
            at = Lookup.item(r, at, step);
            if (fallback != null && at instanceof Undefined) {
                at = fallback;
            }
        }
        return at;
    }

    /** The same, in small letters where it is a text. */
    Object ofIgnoringCase(Rendering r, Object value, boolean caseMatters) {
        Object at = of(r, value);
        return !caseMatters && at instanceof String text ? Chars.lower(text) : at;
    }
}
