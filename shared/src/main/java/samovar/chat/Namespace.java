package samovar.chat;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code namespace()} gives: the one value whose attributes a template may set. */
final class Namespace {
    private final Map<Object, Object> attributes = new LinkedHashMap<>();

    Namespace(Map<?, ?> initial) {
        attributes.putAll(initial);
    }

    Map<Object, Object> attributes() {
        return attributes;
    }
}
