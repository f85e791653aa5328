package samovar.tokenizer;

/**
 * Encodes pieces with a {@link BytePairModel}: of all neighbours the pair with the lowest rank is merged, the leftmost first,
 * until none is left. Short pieces search their few pairs anew for each merge; long ones keep them in a heap, so that a piece
 * of n bytes takes n log n steps. Holds scratch space and a cache: for one thread at a time.
 */
final class BytePairEncoder {
    private static final int SHORT = 40;
    private static final int NO_RANK = Integer.MAX_VALUE;
    /** Scratch space that outgrew this is not kept. */
    private static final int KEPT = 1 << 14;

    private final BytePairModel model;
    private final WordCache cache = new WordCache();
    private int[] symbols = new int[256];
    private int[] ranks = new int[256];
    private char[] spelled = new char[256];
    private int count;

    BytePairEncoder(BytePairModel model) {
        this.model = model;
    }

    /** Appends the ids of one piece. */
    void encode(char[] text, int from, int to, IntList out) {
        if (to - from > WordCache.MAX_LENGTH) {
            encodeNew(text, from, to, out);
            return;
        }
        int hash = Vocabulary.hash(text, from, to);
        if (!cache.append(text, from, to, hash, out)) {
            int first = out.size();
            encodeNew(text, from, to, out);
            cache.put(text, from, to, hash, out, first);
        }
    }

    private void encodeNew(char[] text, int from, int to, IntList out) {
        reserve((to - from) * 3);
        spell(text, from, to);
        if (model.ignoresMerges()) {
            int whole = wholeToken();
            if (whole >= 0) {
                out.add(whole);
                return;
            }
        }
        toSymbols();
        if (count <= SHORT) {
            mergeShort();
        } else {
            count = new MergeHeap(model, symbols, ranks, count).merge();
        }
        out.addAll(symbols, 0, count);
        if (symbols.length > KEPT) {
            symbols = new int[256];
            ranks = new int[256];
            spelled = new char[256];
        }
    }

    private void reserve(int bytes) {
        if (bytes > symbols.length) {
            symbols = new int[bytes];
            ranks = new int[bytes];
            spelled = new char[bytes];
        }
    }

    /** Puts the UTF-8 bytes of the piece into {@link #spelled}, one per char. */
    private void spell(char[] text, int from, int to) {
        int length = 0;
        int at = from;
        while (at < to) {
            char c = text[at++];
            if (c < 0x80) {
                spelled[length++] = c;
            } else if (c < 0x800) {
                spelled[length++] = (char) (0xC0 | (c >> 6));
                spelled[length++] = (char) (0x80 | (c & 0x3F));
            } else if (Utf16.isHigh(c) && at < to && Utf16.isLow(text[at])) {
                int codePoint = Utf16.pair(c, text[at++]);
                spelled[length++] = (char) (0xF0 | (codePoint >> 18));
                spelled[length++] = (char) (0x80 | ((codePoint >> 12) & 0x3F));
                spelled[length++] = (char) (0x80 | ((codePoint >> 6) & 0x3F));
                spelled[length++] = (char) (0x80 | (codePoint & 0x3F));
            } else {
                int unit = (c & 0xF800) == 0xD800 ? 0xFFFD : c;
                spelled[length++] = (char) (0xE0 | (unit >> 12));
                spelled[length++] = (char) (0x80 | ((unit >> 6) & 0x3F));
                spelled[length++] = (char) (0x80 | (unit & 0x3F));
            }
        }
        count = length;
    }

    private int wholeToken() {
        char[] written = new char[count];
        for (int i = 0; i < count; i++) {
            written[i] = model.alphabet().charOf(spelled[i]);
        }
        return model.vocabulary().idOf(written, 0, count);
    }

    private void toSymbols() {
        int length = 0;
        boolean afterUnknown = false;
        for (int i = 0; i < count; i++) {
            int id = model.idOfByte(spelled[i]);
            boolean unknown = id < 0;
            if (unknown) {
                id = afterUnknown && model.fusesUnknown() ? Vocabulary.NONE : model.unknownId();
            }
            afterUnknown = unknown;
            if (id >= 0) {
                symbols[length++] = id;
            }
        }
        count = length;
    }

    private int rankAt(int i) {
        int rank = model.rankOf(symbols[i], symbols[i + 1]);
        return rank < 0 ? NO_RANK : rank;
    }

    private void mergeShort() {
        int length = count;
        for (int i = 0; i < length - 1; i++) {
            ranks[i] = rankAt(i);
        }
        while (length > 1) {
            int best = 0;
            for (int i = 1; i < length - 1; i++) {
                if (ranks[i] < ranks[best]) {
                    best = i;
                }
            }
            if (ranks[best] == NO_RANK) {
                break;
            }
            symbols[best] = model.mergedAt(ranks[best]);
            length--;
            for (int i = best + 1; i < length; i++) {
                symbols[i] = symbols[i + 1];
                ranks[i - 1] = ranks[i];
            }
            if (best > 0) {
                ranks[best - 1] = rankAt(best - 1);
            }
            if (best < length - 1) {
                ranks[best] = rankAt(best);
            }
        }
        count = length;
    }
}
