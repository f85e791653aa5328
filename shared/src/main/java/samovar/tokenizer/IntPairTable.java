package samovar.tokenizer;

import java.util.Arrays;

/**
 * A map from two ints, none negative, to an int that is not negative: open addressing in one array, because a map of boxed keys
 * is what makes byte-pair encoding slow, above all in JavaScript.
 */
final class IntPairTable {
    static final int NONE = -1;
    private static final int SLOT = 3;

    private int[] table;
    private int mask;
    private int size;

    IntPairTable(int expected) {
        int slots = 16;
        while (slots * 0.6 < expected) {
            slots <<= 1;
        }
        allocate(slots);
    }

    private void allocate(int slots) {
        table = new int[slots * SLOT];
        Arrays.fill(table, NONE);
        mask = slots - 1;
    }

    int get(int first, int second) {
        int[] entries = table;
        int slot = hash(first, second) & mask;
        while (true) {
            int at = slot * SLOT;
            int key = entries[at];
            if (key == first && entries[at + 1] == second) {
                return entries[at + 2];
            }
            if (key == NONE) {
                return NONE;
            }
            slot = (slot + 1) & mask;
        }
    }

    void put(int first, int second, int value) {
        int slot = hash(first, second) & mask;
        while (table[slot * SLOT] != NONE) {
            if (table[slot * SLOT] == first && table[slot * SLOT + 1] == second) {
                table[slot * SLOT + 2] = value;
                return;
            }
            slot = (slot + 1) & mask;
        }
        table[slot * SLOT] = first;
        table[slot * SLOT + 1] = second;
        table[slot * SLOT + 2] = value;
        size++;
        if (size > (mask + 1) * 0.7) {
            grow();
        }
    }

    private void grow() {
        int[] old = table;
        allocate((mask + 1) * 2);
        size = 0;
        for (int at = 0; at < old.length; at += SLOT) {
            if (old[at] != NONE) {
                put(old[at], old[at + 1], old[at + 2]);
            }
        }
    }

    private static int hash(int first, int second) {
        int hash = (first * 0x9E3779B1) ^ (second * 0x85EBCA77);
        hash ^= hash >>> 15;
        hash *= 0x2C1B3C6D;
        return hash ^ (hash >>> 13);
    }
}
