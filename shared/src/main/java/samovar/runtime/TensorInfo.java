package samovar.runtime;

import java.util.List;
import samovar.tensor.ElementType;
import samovar.tensor.Shape;

/** Name, element type and shape of a graph's input or output, from the session's own metadata; symbolic dimensions are -1. */
public record TensorInfo(String name, ElementType type, Shape shape) {
    static int indexOf(List<TensorInfo> infos, String name) {
        for (int i = 0; i < infos.size(); i++) {
            if (infos.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
