package samovar.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Jackson, which reads the same grammar: same values, same refusals. */
class JsonParserTest {
    private static final String[] MUTATIONS = {
        "", "\"", "\\", "\\u", "{", "}", "[", "]", ",", ":", "-", "0", "1", ".", "e", "E+", "tru", "null", "\n",
        "\u0001", " ", "\u00a0"
    };

    @Property(tries = 1000)
    void readsWhatJacksonReads(@ForAll("documents") String text) {
        assertThat(outcome(text)).as(text).isEqualTo(JacksonTree.outcome(text));
    }

    @Property(tries = 2000)
    void takesAndRefusesBrokenTextsAsJacksonDoes(
            @ForAll("documents") String text,
            @ForAll @IntRange(min = 0, max = 1_000_000) int place,
            @ForAll @IntRange(min = 0, max = 3) int dropped,
            @ForAll @IntRange(min = 0, max = 21) int mutation) {
        int from = place % (text.length() + 1);
        String mutated =
                text.substring(0, from) + MUTATIONS[mutation] + text.substring(Math.min(text.length(), from + dropped));
        assertThat(outcome(mutated)).as(mutated).isEqualTo(JacksonTree.outcome(mutated));
    }

    @Property(tries = 5000)
    void readsEveryNumberAsTheJdkDoes(@ForAll("numbers") String number) {
        Object read = Json.parse("[" + number + "]", "t").get(0).raw();
        BigDecimal exact = new BigDecimal(number);
        boolean written = number.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
        boolean whole = written && exact.toBigInteger().bitLength() < 64;
        assertThat(read).isEqualTo(whole ? (Object) exact.longValueExact() : (Object) Double.parseDouble(number));
    }

    @Property(tries = 3000)
    void readsEveryDoubleThatTheJdkWrites(@ForAll long bits) {
        double value = Double.longBitsToDouble(bits);
        if (!Double.isNaN(value) && !Double.isInfinite(value)) {
            String written = Double.toString(value);
            assertThat(Json.parse(written, "t").raw()).isEqualTo(value);
            assertThat(Json.parse(JsonWriter.write(value), "t").asDouble()).isEqualTo(value == 0 ? 0.0 : value);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1e23, 1e23",
        "5e-324, 4.9e-324",
        "2.4703282292062327e-324, 0",
        "2.4703282292062328e-324, 4.9e-324",
        "2.2250738585072014e-308, 2.2250738585072014e-308",
        "1.7976931348623157e308, 1.7976931348623157e308",
        "9007199254740993.0, 9007199254740992",
        "1e-400, 0",
    })
    void roundsToTheNearestDouble(String number, double expected) {
        assertThat(Json.parse(number, "t").raw()).isEqualTo(expected);
    }

    @Test
    void keepsWholeNumbersExactWhereTheyFitALong() {
        assertThat(Json.parse("[9223372036854775807,-9223372036854775808,-0]", "t")
                        .raw())
                .isEqualTo(List.of(Long.MAX_VALUE, Long.MIN_VALUE, 0L));
        assertThat(Json.parse("[9223372036854775808,-9223372036854775809,12345678901]", "t")
                        .raw())
                .isEqualTo(List.of(0x1p63, -0x1p63, 12345678901L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e309", "-1e400", "[0,1.8e308]"})
    void refusesNumbersThatNoDoubleHolds(String number) {
        assertThatThrownBy(() -> Json.parse(number, "t")).hasMessageContaining("a number larger than a double can be");
    }

    @Test
    void saysWhereAFaultLiesAndWhatWasAllowed() {
        assertFault("{\"a\": 1,\r\n \"b\" 2}", "t line 2, column 6: expected \":\", found 2");
        assertFault("[1,\n\n2", "t line 3, column 2: expected \",\" or \"]\", found the end of the text");
        assertFault("\"a\u0007\"", "t line 1, column 3: expected the double quote that ends a string, found U+0007");
        assertFault("\"\\x\"", "t line 1, column 3: expected one of \"\\/bfnrtu after a backslash, found x");
        assertFault("\ufeff1", "t line 1, column 1: expected a value, found U+FEFF");
        assertFault("[1]\n]", "t line 2, column 1: expected one JSON value and nothing after it, found ]");
        assertFault("{1:2}", "t line 1, column 2: expected a name in double quotes, found 1");
        assertFault("\"\\u12g4\"", "t line 1, column 6: expected four hexadecimal digits after \\u, found g");
        assertFault("[01]", "t line 1, column 3: expected \",\" or \"]\", found 1");
        assertFault("\"\u0000\"", "t line 1, column 2: expected the double quote that ends a string, found U+0000");
    }

    private static void assertFault(String text, String message) {
        assertThatThrownBy(() -> Json.parse(text, "t"))
                .isInstanceOf(JsonException.class)
                .hasMessage(message);
    }

    @Test
    void keepsLoneSurrogates() {
        assertThat(Json.parse("\"\\ud800x\\udfff\ud801\"", "t").asString()).isEqualTo("\ud800x\udfff\ud801");
    }

    @Test
    void ofANameGivenTwiceTheLastValueCountsInTheFirstPlace() {
        StringBuilder text = new StringBuilder("{\"a\":0,\"b\":1,\"a\":2");
        assertThat(Json.parse(text + "}", "t").raw()).hasToString("{a=2, b=1}");
        for (int i = 0; i < 100; i++) {
            text.append(",\"n").append(i).append("\":").append(i);
        }
        Json large = Json.parse(text + ",\"n7\":\"again\"}", "t");
        assertThat(large.keys()).hasSize(102).startsWith("a", "b", "n0");
        assertThat(large.get("n7").raw()).isEqualTo("again");
        assertThat(large.get("n99").asInt()).isEqualTo(99);
        assertThat(large.get("n100").isPresent()).isFalse();
    }

    @Test
    void namesThatAllCollideAreReadAsFastAsOthers() {
        List<String> names = List.of("");
        for (int length = 0; length < 14; length++) {
            List<String> longer = new ArrayList<>();
            for (String name : names) {
                longer.add(name + "Aa");
                longer.add(name + "BB");
            }
            names = longer;
        }
        Map<String, Object> expected = new LinkedHashMap<>();
        for (String name : names) {
            expected.put(name, 1L);
        }
        String text = JsonWriter.write(expected);
        Json read = Json.parse(text.substring(0, text.length() - 1) + ",\"" + names.get(3) + "\":2}", "t");
        expected.put(names.get(3), 2L);
        assertThat(new ArrayList<>(read.keys())).isEqualTo(names);
        assertThat(read.raw()).isEqualTo(expected);
    }

    @Test
    @SuppressWarnings("unchecked")
    void whatWasReadCantBeChanged() {
        Map<String, Object> members =
                (Map<String, Object>) Json.parse("{\"a\":[1]}", "t").raw();
        List<Object> elements = (List<Object>) members.get("a");
        assertThatThrownBy(() -> members.put("b", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> members.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(members::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> elements.set(0, 2L)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> elements.add(2L)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void readsExactlyAsDeepAsItSays() {
        String deep = "[".repeat(JsonParser.MAX_DEPTH) + "]".repeat(JsonParser.MAX_DEPTH);
        assertThat(Json.parse(deep, "t").isArray()).isTrue();
        assertThatThrownBy(() -> Json.parse("[" + deep + "]", "t"))
                .hasMessage("t line 1, column 201: nested deeper than 200 levels");
    }

    /** The value, and its text for the order of its members; nothing for a text that was refused. */
    private static List<Object> outcome(String text) {
        try {
            Object value = Json.parse(text, "t").raw();
            return Arrays.asList(value, String.valueOf(value));
        } catch (JsonException refused) {
            return List.of();
        }
    }

    @Provide
    Arbitrary<String> numbers() {
        Arbitrary<String> digits =
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(25);
        Arbitrary<String> whole = digits.map(text -> text.startsWith("0") ? "0" : text);
        Arbitrary<String> fraction =
                digits.map(text -> "." + text).injectNull(0.5).map(JsonParserTest::orEmpty);
        Arbitrary<String> exponent = Arbitraries.integers()
                .between(-330, 280)
                .map(e -> "e" + e)
                .injectNull(0.5)
                .map(JsonParserTest::orEmpty);
        Arbitrary<String> sign = Arbitraries.of("", "-");
        return Combinators.combine(sign, whole, fraction, exponent).as((a, b, c, d) -> a + b + c + d);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    @Provide
    Arbitrary<String> documents() {
        Arbitrary<String> space = Arbitraries.of("", "", "", " ", "\n", "\r\n\t");
        Arbitrary<String> strings = Arbitraries.of(
                        "a", "é", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "\\ud83d\\ude00", "\\b", " ")
                .list()
                .ofMaxSize(8)
                .map(parts -> "\"" + String.join("", parts) + "\"");
        Arbitrary<String> leaves = Arbitraries.oneOf(
                Arbitraries.of("true", "false", "null", "0", "-0", "1e5", "{}", "[]", "\"\""), numbers(), strings);
        return Combinators.combine(
                        Arbitraries.lazyOf(() -> leaves, () -> leaves, () -> arrays(leaves, strings, 2)), space)
                .as((value, around) -> around + value + around);
    }

    private static Arbitrary<String> arrays(Arbitrary<String> leaves, Arbitrary<String> names, int depth) {
        Arbitrary<String> inner = depth == 0 ? leaves : Arbitraries.oneOf(leaves, arrays(leaves, names, depth - 1));
        Arbitrary<String> array = inner.list().ofMaxSize(4).map(parts -> "[" + String.join(" ,", parts) + "]");
        Arbitrary<String> member = Combinators.combine(names, inner).as((name, value) -> name + ": " + value);
        Arbitrary<String> object = member.list().ofMaxSize(12).map(parts -> "{" + String.join(",\n", parts) + "}");
        return Arbitraries.oneOf(array, object);
    }
}
