package samovar.tokenizer;

import java.util.List;

/** Finds added tokens in a text: the leftmost, of those the longest, then on from its end. A trie in an int table. Immutable. */
final class AddedTokenFinder {
    static final int PLAIN = -1;

    private final List<AddedToken> tokens;
    /** Node and char to the next node; 0 is the root. */
    private final IntPairTable edges = new IntPairTable(64);
    /** By node: the index of the token that ends there, or -1. */
    private final IntList ends = new IntList(64);

    private final boolean[] firstChars = new boolean[0x10000];

    AddedTokenFinder(List<AddedToken> tokens) {
        this.tokens = tokens;
        ends.add(PLAIN);
        for (int i = 0; i < tokens.size(); i++) {
            String pattern = tokens.get(i).pattern();
            firstChars[pattern.charAt(0)] = true;
            int node = 0;
            for (int at = 0; at < pattern.length(); at++) {
                int child = edges.get(node, pattern.charAt(at));
                if (child < 0) {
                    child = ends.size();
                    edges.put(node, pattern.charAt(at), child);
                    ends.add(PLAIN);
                }
                node = child;
            }
            ends.set(node, i);
        }
    }

    /** Appends the segments of a text in threes: start, end (exclusive), and the added token's id or {@link #PLAIN}. */
    void segment(char[] text, int from, int to, IntList segments) {
        int done = from;
        int at = from;
        while (at < to && !tokens.isEmpty()) {
            int index = firstChars[text[at]] ? longestAt(text, at, to) : PLAIN;
            if (index < 0) {
                at++;
                continue;
            }
            AddedToken token = tokens.get(index);
            int start = at;
            at += token.pattern().length();
            if (token.singleWord() && touchesWord(text, start, at, from, to)) {
                continue;
            }
            int stop = at;
            if (token.lstrip()) {
                start = Math.max(done, spacesBefore(text, start, from));
            }
            if (token.rstrip()) {
                stop = spacesAfter(text, stop, to);
            }
            if (done < start) {
                add(segments, done, start, PLAIN);
            }
            add(segments, start, stop, token.id());
            done = stop;
        }
        if (done < to) {
            add(segments, done, to, PLAIN);
        }
    }

    private static void add(IntList segments, int start, int end, int id) {
        segments.add(start);
        segments.add(end);
        segments.add(id);
    }

    private int longestAt(char[] text, int at, int to) {
        int found = PLAIN;
        int node = 0;
        for (int i = at; i < to; i++) {
            node = edges.get(node, text[i]);
            if (node < 0) {
                break;
            }
            if (ends.get(node) >= 0) {
                found = ends.get(node);
            }
        }
        return found;
    }

    private static boolean touchesWord(char[] text, int start, int end, int from, int to) {
        if (start > from) {
            int before = start - Utf16.widthBefore(text, start, from);
            if (CharSet.WORD.contains(Utf16.codePointAt(text, before, start))) {
                return true;
            }
        }
        return end < to && CharSet.WORD.contains(Utf16.codePointAt(text, end, to));
    }

    private static int spacesBefore(char[] text, int at, int from) {
        int start = at;
        while (start > from && CharSet.SPACE.contains(text[start - 1])) {
            start--;
        }
        return start;
    }

    private static int spacesAfter(char[] text, int at, int to) {
        int end = at;
        while (end < to && CharSet.SPACE.contains(text[end])) {
            end++;
        }
        return end;
    }
}
