package samovar.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class TokenizerPropertyTest {
    private static final String ADDED_TOKEN = "<|im_end|>";

    @Property(tries = 500)
    void qwen3DecodesWhatItEncoded(@ForAll("texts") String text) {
        Tokenizer tokenizer = TestTokenizers.qwen3();
        assertThat(tokenizer.decode(tokenizer.encode(text, true), false)).isEqualTo(normalized(text));
    }

    @Property(tries = 500)
    void tinyChatDecodesWhatItEncoded(@ForAll("texts") String text) {
        Tokenizer tokenizer = TestTokenizers.tinyChat();
        assertThat(tokenizer.decode(tokenizer.encode(text, true), false)).isEqualTo(normalized(text));
    }

    /** An added token is found before the text is normalized, so a mark after it does not compose with its last character. */
    private static String normalized(String text) {
        return Arrays.stream(text.split(Pattern.quote(ADDED_TOKEN), -1))
                .map(part -> Normalizer.normalize(part, Normalizer.Form.NFC))
                .collect(Collectors.joining(ADDED_TOKEN));
    }

    @Test
    void aMarkAfterAnAddedTokenStaysApart() {
        String text = ADDED_TOKEN + "\u0338" + ">\u0338";
        Tokenizer tokenizer = TestTokenizers.qwen3();
        assertThat(tokenizer.decode(tokenizer.encode(text, true), false))
                .isEqualTo(ADDED_TOKEN + "\u0338" + "\u226f")
                .isEqualTo(normalized(text));
    }

    @Property(tries = 500)
    void piecesOfAStreamAreWholeCharactersAndMakeTheDecodedText(@ForAll("ids") List<Integer> ids) {
        Tokenizer tokenizer = TestTokenizers.qwen3();
        StreamDecoder stream = tokenizer.streamDecoder(false);
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            text.append(whole(stream.add(id)));
        }
        text.append(whole(stream.finish()));
        int[] all = ids.stream().mapToInt(Integer::intValue).toArray();
        assertThat(text.toString()).isEqualTo(tokenizer.decode(all, false));
    }

    @Property(tries = 300)
    void longAndShortPiecesMergeLikeTheObviousAlgorithm(@ForAll("pieces") String piece) {
        Tokenizer tokenizer = TestTokenizers.qwen3();
        assertThat(tokenizer.encode(piece, false)).containsExactly(obvious(tokenizer.model(), piece));
    }

    /** Merges the leftmost pair of the lowest rank until there is none, searching everything each time. */
    private static int[] obvious(BytePairModel model, String piece) {
        List<Integer> symbols = new ArrayList<>();
        for (byte b : Utf8.bytesOf(piece)) {
            symbols.add(model.idOfByte(b & 0xFF));
        }
        while (true) {
            int best = -1;
            int bestRank = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < symbols.size(); i++) {
                int rank = model.rankOf(symbols.get(i), symbols.get(i + 1));
                if (rank >= 0 && rank < bestRank) {
                    best = i;
                    bestRank = rank;
                }
            }
            if (best < 0) {
                return symbols.stream().mapToInt(Integer::intValue).toArray();
            }
            symbols.set(best, model.mergedAt(bestRank));
            symbols.remove(best + 1);
        }
    }

    private static String whole(String piece) {
        if (!piece.isEmpty()) {
            assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse();
            assertThat(Character.isHighSurrogate(piece.charAt(piece.length() - 1)))
                    .isFalse();
        }
        return piece;
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> any = Arbitraries.integers()
                .between(0, 0x10FFFF)
                .filter(c -> c < 0xD800 || c > 0xDFFF)
                .map(c -> new String(Character.toChars(c)));
        Arbitrary<String> usual = Arbitraries.of(
                " ",
                "  ",
                "\n",
                "\r\n",
                "\t",
                "a",
                "Th",
                "e",
                "don't",
                "'LL",
                "12",
                "½",
                "中",
                "文",
                "é",
                "e\u0301",
                "😀",
                "👩\u200d👧",
                ADDED_TOKEN,
                "<|im",
                ".",
                "...",
                "\u00a0",
                "한",
                "\u0301");
        return Arbitraries.frequencyOf(Tuple.of(4, usual), Tuple.of(1, any))
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<List<Integer>> ids() {
        // Ids below 256 are single bytes for the most part: halves of characters and malformed UTF-8.
        return Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.integers().between(90, 255)),
                        Tuple.of(1, Arbitraries.integers().between(0, 151_680)))
                .list()
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.strings()
                .withCharRange('a', 'e')
                .withChars('é', 'я')
                .ofMinLength(1)
                .ofMaxLength(300);
    }
}
