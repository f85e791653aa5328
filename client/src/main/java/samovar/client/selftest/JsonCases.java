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
            "[1e21,1e-7,100000000000000000000,0.30000000000000004,1.7976931348623157e308]",
            "[1e23,5e-324,4.9e-324,2.4703282292062328e-324,2.2250738585072011e-308,9007199254740993.0,0.1,0.10000000000000001]",
            "[9223372036854775807,-9223372036854775808,9223372036854775808,-0,12345678901,999999999,-0.0]",
            "{\"b\":1,\"a\":[],\"b\":{\"\":null},\"c\":\"\\ud800 a long text \\udfff, cut \ud83d\ude00 out whole\"}",
            "{\"0\":0,\"1\":1,\"2\":2,\"3\":3,\"4\":4,\"5\":5,\"6\":6,\"7\":7,\"8\":8,\"9\":9,\"0\":10}");
    private static final List<String> BROKEN = List.of(
            "{\"a\":}",
            "",
            "[1,2",
            "{\"a\":1}x",
            "nul",
            "[1,]",
            "\"a",
            "[1,\n 01]",
            "\"\\u12x4\"",
            "{a:1}",
            "[\"\u0001\"]",
            "1e999",
            "-",
            "[1.]");

    private JsonCases() {}

    static void run(Report report) {
        for (int i = 0; i < TEXTS.size(); i++) {
            report.result("json " + i, JsonWriter.write(Json.parse(TEXTS.get(i), "text")));
        }
        for (Json number : Json.parse(TEXTS.get(4), "text").elements()) {
            report.result("json bits of " + number, Long.toHexString(Double.doubleToLongBits(number.asDouble())));
        }
        for (String broken : BROKEN) {
            report.result("json broken " + broken.replace("\n", " "), fault(broken));
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
