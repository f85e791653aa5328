package samovar.chat;

import java.util.List;
import java.util.Map;

/** Python's methods by the type of their object. */
final class Methods {
    private Methods() {}

    /** The method of a value's type, or null. */
    static Native of(Object target, String name) {
        if (target instanceof String) {
            return StringMethods.find(name);
        }
        if (target instanceof Map) {
            return CollectionMethods.ofDict(name);
        }
        if (target instanceof List && !(target instanceof DictView)) {
            return CollectionMethods.ofSequence(name, Types.name(target));
        }
        if (target instanceof Double && name.equals("is_integer")) {
            return (r, self, a) -> (Double) self == Math.floor((Double) self) && !((Double) self).isInfinite();
        }
        return null;
    }
}
