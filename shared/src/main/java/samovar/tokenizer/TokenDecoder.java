package samovar.tokenizer;

import java.util.ArrayList;
import java.util.List;
import samovar.json.Json;

/**
 * The {@code decoder} of a {@code tokenizer.json}, as far as each token gives its bytes without looking at others: only such a
 * decoder can be streamed. Immutable.
 */
final class TokenDecoder {
    private static final String SUPPORTED =
            "supported are ByteLevel, Fuse, Replace before ByteLevel, Sequence of them, and none";
    private static final byte[] NOTHING = {};
    private static final byte[] SPACE = {' '};

    private final ByteAlphabet alphabet;
    private final List<Replacement> replacements = new ArrayList<>();
    private boolean byteLevel;
    private boolean fused;
    private boolean spaced;

    private TokenDecoder(ByteAlphabet alphabet) {
        this.alphabet = alphabet;
    }

    /** Reads {@code decoder}; where it is null, tokens are joined by spaces as they are written. */
    static TokenDecoder read(Json json, ByteAlphabet alphabet) {
        TokenDecoder decoder = new TokenDecoder(alphabet);
        if (json.isNull()) {
            decoder.spaced = true;
        } else {
            decoder.add(json);
        }
        return decoder;
    }

    private void add(Json json) {
        String type = json.get("type").asString();
        boolean early = !byteLevel && !fused;
        if (type.equals("Sequence")) {
            json.get("decoders").elements().forEach(this::add);
        } else if (type.equals("ByteLevel") && early) {
            byteLevel = true;
        } else if (type.equals("Fuse")) {
            fused = true;
        } else if (type.equals("Replace") && early) {
            replacements.add(Replacement.read(json));
        } else {
            String place = early ? "" : " after ByteLevel or Fuse";
            throw new TokenizerException(
                    "decoder \"" + type + "\"" + place, json.path(), "not supported; " + SUPPORTED);
        }
    }

    /** What stands between two tokens. */
    byte[] separator() {
        return spaced ? SPACE : NOTHING;
    }

    /** The bytes of a token, which need not end where a character does. */
    byte[] bytesOf(String token) {
        String text = token;
        for (Replacement replacement : replacements) {
            text = replacement.apply(text);
        }
        return byteLevel ? alphabet.bytesOf(text) : Utf8.bytesOf(text);
    }
}
