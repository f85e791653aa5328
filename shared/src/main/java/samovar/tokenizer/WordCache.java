package samovar.tokenizer;

import java.util.Arrays;

/** Ids of short pieces met before. Bounded: a full cache is emptied, which costs less than choosing what to drop. For one thread. */
final class WordCache {
    static final int MAX_LENGTH = 48;
    private static final int MAX_WORDS = 1 << 15;
    private static final int EMPTY = -1;

    private int[] slots = new int[1 << 10];
    private int words;
    private char[] chars = new char[1 << 12];
    private int usedChars;
    private final IntList ids = new IntList(1 << 11);
    /** Per word: where its chars and its ids begin; the next word's are the ends. */
    private final IntList charStarts = new IntList(1 << 9);

    private final IntList idStarts = new IntList(1 << 9);
    private final IntList hashes = new IntList(1 << 9);

    WordCache() {
        clear();
    }

    private void clear() {
        Arrays.fill(slots, EMPTY);
        words = 0;
        usedChars = 0;
        ids.clear();
        hashes.clear();
        charStarts.clear();
        idStarts.clear();
        charStarts.add(0);
        idStarts.add(0);
    }

    /** Appends a known piece's ids and says whether it was known. */
    boolean append(char[] text, int from, int to, int hash, IntList out) {
        int slot = hash & (slots.length - 1);
        while (slots[slot] != EMPTY) {
            int word = slots[slot];
            if (same(word, text, from, to)) {
                int end = idStarts.get(word + 1);
                for (int i = idStarts.get(word); i < end; i++) {
                    out.add(ids.get(i));
                }
                return true;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return false;
    }

    private boolean same(int word, char[] text, int from, int to) {
        int start = charStarts.get(word);
        if (charStarts.get(word + 1) - start != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (chars[start + i - from] != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** Remembers a piece that is not known yet; its ids are those of the list from a place on. */
    void put(char[] text, int from, int to, int hash, IntList source, int firstId) {
        if (words == MAX_WORDS) {
            clear();
        }
        if (usedChars + to - from > chars.length) {
            chars = Arrays.copyOf(chars, chars.length * 2);
        }
        for (int i = from; i < to; i++) {
            chars[usedChars++] = text[i];
        }
        for (int i = firstId; i < source.size(); i++) {
            ids.add(source.get(i));
        }
        charStarts.add(usedChars);
        idStarts.add(ids.size());
        hashes.add(hash);
        link(words++);
        if (words * 2 > slots.length) {
            slots = new int[slots.length * 2];
            Arrays.fill(slots, EMPTY);
            for (int word = 0; word < words; word++) {
                link(word);
            }
        }
    }

    private void link(int word) {
        int slot = hashes.get(word) & (slots.length - 1);
        while (slots[slot] != EMPTY) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = word;
    }
}
