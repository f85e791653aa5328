package samovar.tokenizer;

import java.util.List;
import samovar.json.Json;

/** The {@code post_processor} of a {@code tokenizer.json}: the special tokens before and after one text. Immutable. */
final class PostProcessor {
    private static final String SUPPORTED =
            "supported are ByteLevel, TemplateProcessing, RobertaProcessing, BertProcessing and Sequence of them";

    private IntList before = new IntList(4);
    private final IntList after = new IntList(4);

    private PostProcessor() {}

    /** Reads {@code post_processor}, which may be null. */
    static PostProcessor read(Json json) {
        PostProcessor processor = new PostProcessor();
        if (!json.isNull()) {
            processor.add(json);
        }
        return processor;
    }

    int[] before() {
        return before.toArray();
    }

    int[] after() {
        return after.toArray();
    }

    private void add(Json json) {
        String type = json.get("type").asString();
        switch (type) {
            case "ByteLevel" -> {
                // It only moves offsets, which this room does not give.
            }
            case "Sequence" -> json.get("processors").elements().forEach(this::add);
            case "RobertaProcessing", "BertProcessing" ->
                wrap(
                        new int[] {json.get("cls").get(1).asInt()},
                        new int[] {json.get("sep").get(1).asInt()});
            case "TemplateProcessing" -> template(json);
            default ->
                throw new TokenizerException(
                        "post_processor \"" + type + "\"", json.path(), "not supported; " + SUPPORTED);
        }
    }

    private void wrap(int[] left, int[] right) {
        IntList outer = new IntList(4);
        outer.addAll(left, 0, left.length);
        outer.addAll(before.toArray(), 0, before.size());
        before = outer;
        after.addAll(right, 0, right.length);
    }

    private void template(Json json) {
        IntList left = new IntList(4);
        IntList right = new IntList(4);
        int texts = 0;
        List<Json> pieces = json.get("single").elements();
        for (Json piece : pieces) {
            Json special = piece.get("SpecialToken");
            if (!special.isPresent()) {
                String id = piece.get("Sequence").get("id").asString();
                texts += id.equals("A") ? 1 : 2;
                continue;
            }
            Json ids =
                    json.get("special_tokens").get(special.get("id").asString()).get("ids");
            for (Json id : ids.elements()) {
                (texts == 0 ? left : right).add(id.asInt());
            }
        }
        if (texts != 1) {
            throw new TokenizerException(
                    "template " + json.get("single"),
                    json.path(),
                    "not supported; it must hold the sequence A exactly once");
        }
        wrap(left.toArray(), right.toArray());
    }
}
