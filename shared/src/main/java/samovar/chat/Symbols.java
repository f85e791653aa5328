package samovar.chat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A template's variable names, numbered while it is parsed, so that rendering compares numbers and not texts. */
final class Symbols {
    static final int LOOP = 0;
    static final int CALLER = 1;
    static final int VARARGS = 2;
    static final int KWARGS = 3;

    private final Map<String, Integer> ids = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    Symbols() {
        for (String name : List.of("loop", "caller", "varargs", "kwargs")) {
            id(name);
        }
    }

    int id(String name) {
        Integer known = ids.get(name);
        if (known != null) {
            return known;
        }
        ids.put(name, names.size());
        names.add(name);
        return names.size() - 1;
    }

    /** The names in the order of their numbers. */
    List<String> names() {
        return List.copyOf(names);
    }
}
