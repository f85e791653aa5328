package samovar.chat;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a dict's keys(), values() and items() give: iterated and counted, but neither indexed nor sliced. */
final class DictView extends AbstractList<Object> {
    private final String type;
    private final List<Object> elements;

    private DictView(String type, List<Object> elements) {
        this.type = type;
        this.elements = elements;
    }

    static DictView keys(Map<?, ?> dict) {
        return new DictView("dict_keys", new ArrayList<>(dict.keySet()));
    }

    static DictView values(Map<?, ?> dict) {
        return new DictView("dict_values", new ArrayList<>(dict.values()));
    }

    static DictView items(Map<?, ?> dict) {
        List<Object> pairs = new ArrayList<>(dict.size());
        for (Map.Entry<?, ?> entry : dict.entrySet()) {
            pairs.add(PyTuple.of(entry.getKey(), entry.getValue()));
        }
        return new DictView("dict_items", pairs);
    }

    String type() {
        return type;
    }

    @Override
    public Object get(int index) {
        return elements.get(index);
    }

    @Override
    public int size() {
        return elements.size();
    }
}
