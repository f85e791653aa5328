package samovar.tokenizer;

import java.util.Arrays;
import java.util.Map;
import samovar.json.Json;

/**
 * Tokens and their ids. All characters lie in one array and the look-up hashes ranges of chars, so that neither loading a
 * hundred thousand merges nor encoding makes strings. Immutable.
 */
final class Vocabulary {
    static final int NONE = -1;
    private static final int MAX_ID = 5_000_000;

    private char[] chars = new char[1 << 16];
    private int used;
    /** Where the token of an id begins in {@link #chars}; -1 where the id has no token. */
    private final int[] starts;

    private final int[] lengths;
    /** Open addressing by hash of the token; an id, or -1. */
    private final int[] slots;

    private Vocabulary(int ids, int tokens) {
        starts = new int[ids];
        Arrays.fill(starts, NONE);
        lengths = new int[ids];
        int size = 16;
        while (size < tokens * 2) {
            size <<= 1;
        }
        slots = new int[size];
        Arrays.fill(slots, NONE);
    }

    /** Reads {@code model.vocab}, an object of token to id. */
    static Vocabulary read(Json vocab) {
        vocab.keys();
        int largest = NONE;
        int count = 0;
        for (Object id : ((Map<?, ?>) vocab.raw()).values()) {
            largest = Math.max(largest, idOf(id, vocab));
            count++;
        }
        Vocabulary vocabulary = new Vocabulary(largest + 1, count);
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) vocab.raw()).entrySet()) {
            vocabulary.put((String) entry.getKey(), idOf(entry.getValue(), vocab));
        }
        vocabulary.chars = Arrays.copyOf(vocabulary.chars, vocabulary.used);
        return vocabulary;
    }

    private static int idOf(Object id, Json vocab) {
        if (id instanceof Number number) {
            double value = number.doubleValue();
            if (value >= 0 && value <= MAX_ID && value == (int) value) {
                return (int) value;
            }
        }
        throw vocab.fault("expected ids between 0 and " + MAX_ID + ", found " + id);
    }

    private void put(String token, int id) {
        int length = token.length();
        if (used + length > chars.length) {
            chars = Arrays.copyOf(chars, Math.max(used + length, chars.length * 2));
        }
        token.getChars(0, length, chars, used);
        starts[id] = used;
        lengths[id] = length;
        int slot = hash(chars, used, used + length) & (slots.length - 1);
        used += length;
        while (slots[slot] != NONE) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = id;
    }

    /** One more than the largest id. */
    int size() {
        return starts.length;
    }

    /** The id of the token written in a range of chars, or -1. */
    int idOf(char[] text, int from, int to) {
        int slot = hash(text, from, to) & (slots.length - 1);
        while (true) {
            int id = slots[slot];
            if (id == NONE || same(id, text, from, to)) {
                return id;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
    }

    int idOf(String token) {
        return idOf(token.toCharArray(), 0, token.length());
    }

    /** The token of an id, or null. */
    String tokenOf(int id) {
        return id < 0 || id >= starts.length || starts[id] == NONE ? null : new String(chars, starts[id], lengths[id]);
    }

    private boolean same(int id, char[] text, int from, int to) {
        if (lengths[id] != to - from) {
            return false;
        }
        int start = starts[id];
        for (int i = from; i < to; i++) {
            if (chars[start + i - from] != text[i]) {
                return false;
            }
        }
        return true;
    }

    static int hash(char[] text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = (hash ^ text[i]) * 0x01000193;
        }
        hash ^= hash >>> 15;
        hash *= 0x2C1B3C6D;
        return hash ^ (hash >>> 13);
    }
}
