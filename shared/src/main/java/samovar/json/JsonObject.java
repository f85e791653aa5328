package samovar.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The members of an object in the order of the text, unmodifiable. They lie in one array; where they are many, an index of their
 * names lies beside it. Both together take less than half of a LinkedHashMap.
 */
final class JsonObject extends AbstractMap<String, Object> {
    private static final int FEW = 8;

    /** Names that collide in such numbers were chosen to, and the JDK's map keeps them in trees. */
    private static final int MAX_PROBES = 256;

    private static final int CROWDED = Integer.MIN_VALUE;

    /** Name, value, name, value. */
    private final Object[] members;

    /** Open addressing by hash of the name: the member's number + 1, or 0. Null where there are few. */
    private final int[] slots;

    private JsonObject(Object[] members, int[] slots) {
        this.members = members;
        this.slots = slots;
    }

    /**
     * Of a name given twice the last value counts, in the place of the first, as in JavaScript's JSON.parse.
     *
     * @param given name, value, name, value; becomes the map's own
     */
    static Map<String, Object> of(Object[] given) {
        int count = given.length / 2;
        int[] slots = count > FEW ? new int[Integer.highestOneBit(count * 3 / 2) * 2] : null;
        int size = 0;
        for (int at = 0; at < given.length; at += 2) {
            int found = find((String) given[at], given, size, slots);
            if (found == CROWDED) {
                return linked(given, size, at);
            }
            if (found >= 0) {
                given[2 * found + 1] = given[at + 1];
            } else {
                given[2 * size] = given[at];
                given[2 * size + 1] = given[at + 1];
                size++;
                if (slots != null) {
                    slots[~found] = size;
                }
            }
        }
        return new JsonObject(size == count ? given : Arrays.copyOf(given, 2 * size), slots);
    }

    /** The number of a name's member; else {@link #CROWDED}, or the complement of the free slot where there are slots. */
    private static int find(String name, Object[] members, int size, int[] slots) {
        if (slots == null) {
            for (int i = 0; i < size; i++) {
                if (members[2 * i].equals(name)) {
                    return i;
                }
            }
            return -1;
        }
        int slot = (name.hashCode() * 0x9E3779B1) >>> (Integer.numberOfLeadingZeros(slots.length) + 1);
        for (int probes = 0; probes < MAX_PROBES; probes++) {
            int member = slots[slot] - 1;
            if (member < 0) {
                return ~slot;
            }
            if (members[2 * member].equals(name)) {
                return member;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return CROWDED;
    }

    /** Of the members before {@code 2 * size}, which are done with, and of those from {@code rest} on. */
    private static Map<String, Object> linked(Object[] members, int size, int rest) {
        Map<String, Object> linked = new LinkedHashMap<>();
        for (int at = 0; at < members.length; at += 2) {
            if (at < 2 * size || at >= rest) {
                linked.put((String) members[at], members[at + 1]);
            }
        }
        return Collections.unmodifiableMap(linked);
    }

    private int find(Object name) {
        return name instanceof String text ? find(text, members, size(), slots) : -1;
    }

    @Override
    public Object get(Object name) {
        int found = find(name);
        return found < 0 ? null : members[2 * found + 1];
    }

    @Override
    public boolean containsKey(Object name) {
        return find(name) >= 0;
    }

    @Override
    public int size() {
        return members.length / 2;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Entry<String, Object>> {
        @Override
        public int size() {
            return JsonObject.this.size();
        }

        @Override
        public Iterator<Entry<String, Object>> iterator() {
            return new Members();
        }
    }

    private final class Members implements Iterator<Entry<String, Object>> {
        private int at;

        @Override
        public boolean hasNext() {
            return at < members.length;
        }

        @Override
        public Entry<String, Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            at += 2;
            return new SimpleImmutableEntry<>((String) members[at - 2], members[at - 1]);
        }
    }
}
