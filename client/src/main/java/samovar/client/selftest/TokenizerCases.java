package samovar.client.selftest;

import java.util.ArrayList;
import java.util.List;
import samovar.json.Json;
import samovar.platform.Normalizer;
import samovar.tokenizer.StreamDecoder;
import samovar.tokenizer.Tokenizer;

/** Ids and texts of the reference's tokenizers. */
final class TokenizerCases {
    private static final String MODELS = "models/bundled/";
    private static final String GOLDENS = "shared/src/test/resources/goldens/tokenizer/";

    private TokenizerCases() {}

    static void run(Texts texts, Normalizer normalizer, Report report) {
        compare(
                "smollm2",
                Tokenizer.of(
                        texts.json(MODELS + "SmolLM2-135M-Instruct/tokenizer.json"),
                        texts.json(MODELS + "SmolLM2-135M-Instruct/tokenizer_config.json"),
                        normalizer),
                texts.golden("tokenizer/smollm2.json"),
                report);
        compare(
                "qwen3",
                Tokenizer.of(
                        texts.json(GOLDENS + "qwen3.tokenizer.json.gz"),
                        texts.json(GOLDENS + "qwen3.tokenizer_config.json"),
                        normalizer),
                texts.golden("tokenizer/qwen3.json"),
                report);
    }

    private static void compare(String name, Tokenizer tokenizer, Json golden, Report report) {
        List<Json> cases = golden.get("cases").elements();
        for (int i = 0; i < cases.size(); i++) {
            Json entry = cases.get(i);
            String text = entry.get("text").asString();
            String prefix = "tokenizer " + name + " " + i;
            int[] ids = tokenizer.encode(text, true);
            report.check(prefix + " ids", ids(entry.get("ids")), ids(ids));
            report.check(
                    prefix + " ids without special",
                    ids(entry.get("ids_no_special")),
                    ids(tokenizer.encode(text, false)));
            report.check(prefix + " decoded", entry.get("decoded").asString(), tokenizer.decode(ids, false));
            report.check(prefix + " streamed", entry.get("decoded_skip_special").asString(), streamed(tokenizer, ids));
        }
    }

    private static String streamed(Tokenizer tokenizer, int[] ids) {
        StreamDecoder stream = tokenizer.streamDecoder(true);
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            text.append(stream.add(id));
        }
        return text.append(stream.finish()).toString();
    }

    private static String ids(Json list) {
        return list.listOf(Json::asInt).toString();
    }

    private static String ids(int[] ids) {
        List<Integer> boxed = new ArrayList<>(ids.length);
        for (int id : ids) {
            boxed.add(id);
        }
        return boxed.toString();
    }
}
