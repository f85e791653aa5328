package samovar.tokenizer;

import java.util.ArrayList;
import java.util.List;
import samovar.json.Json;
import samovar.platform.Normalizer;

/** The {@code normalizer} of a {@code tokenizer.json}: what is done to the text before it is cut. Immutable. */
final class TextNormalizer {
    private static final String SUPPORTED =
            "not supported; supported are NFC, NFD, NFKC, NFKD, Lowercase, Replace, Prepend, Sequence";

    /** One change of a text. */
    private interface Step {
        String apply(String text);
    }

    private final Normalizer platform;
    private final List<Step> steps = new ArrayList<>();
    /** Texts whose chars are all below this stay as they are. */
    private int unchangedBelow = 0x10000;

    private TextNormalizer(Normalizer platform) {
        this.platform = platform;
    }

    /** Reads {@code normalizer}, which may be null. */
    static TextNormalizer read(Json json, Normalizer platform) {
        TextNormalizer normalizer = new TextNormalizer(platform);
        normalizer.add(json);
        return normalizer;
    }

    private void add(Json json) {
        if (json.isNull()) {
            return;
        }
        String type = json.get("type").asString();
        switch (type) {
            case "Sequence" -> json.get("normalizers").elements().forEach(this::add);
            case "NFC" -> form(Normalizer.Form.NFC, 0x300);
            case "NFD" -> form(Normalizer.Form.NFD, 0x80);
            case "NFKC" -> form(Normalizer.Form.NFKC, 0x80);
            case "NFKD" -> form(Normalizer.Form.NFKD, 0x80);
            case "Lowercase" -> always(new LowerCase()::apply);
            case "Prepend" -> {
                String prefix = json.get("prepend").asString();
                always(text -> text.isEmpty() ? text : prefix + text);
            }
            case "Replace" -> always(Replacement.read(json)::apply);
            default -> throw new TokenizerException("normalizer \"" + type + "\"", json.path(), SUPPORTED);
        }
    }

    private void form(Normalizer.Form form, int limit) {
        steps.add(text -> platform.normalize(text, form));
        unchangedBelow = Math.min(unchangedBelow, limit);
    }

    private void always(Step step) {
        steps.add(step);
        unchangedBelow = 0;
    }

    String apply(String text) {
        String changed = text;
        for (Step step : steps) {
            changed = step.apply(changed);
        }
        return changed;
    }

    /** True if it is certain, without doing it, that a text would stay as it is. */
    boolean leaves(char[] text, int from, int to) {
        if (steps.isEmpty()) {
            return true;
        }
        for (int i = from; i < to; i++) {
            if (text[i] >= unchangedBelow) {
                return false;
            }
        }
        return true;
    }
}
