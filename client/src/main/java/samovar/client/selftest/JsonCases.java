package samovar.client.selftest;

import java.util.List;
import samovar.json.Json;
import samovar.json.JsonException;
import samovar.json.JsonWriter;

/** JSON there and back, and where its faults lie. */
final class JsonCases {
    private static final List<String> TEXTS = List.of(
            "{\"a\":[1,-2,3.5,1e300,0.1,123456789012345678],\"b\":{\"c\":null,\"d\":true},\"e\":\"ü€😀\\u2028\\\"\\\\\\n\"}",
            "[]",
            "\"\\ud83d\\ude00\"",
            "[1e21,1e-7,100000000000000000000,0.30000000000000004,1.7976931348623157e308]");
    private static final List<String> BROKEN = List.of("{\"a\":}", "", "[1,2", "{\"a\":1}x", "nul", "[1,]", "\"a");

    private JsonCases() {}

    static void run(Report report) {
        for (int i = 0; i < TEXTS.size(); i++) {
            report.result("json " + i, JsonWriter.write(Json.parse(TEXTS.get(i), "text")));
        }
        for (String broken : BROKEN) {
            report.result("json broken " + broken, fault(broken));
        }
        StringBuilder deep = new StringBuilder();
        deep.append("[".repeat(1000)).append("]".repeat(1000));
        report.result("json too deep", fault(deep.toString()));
        report.result("json path", fault("{\"a\":[1,\"x\"]}"));
    }

    private static String fault(String text) {
        try {
            return String.valueOf(Json.parse(text, "text").get("a").get(1).asInt());
        } catch (JsonException e) {
            return e.getMessage();
        }
    }
}
