package samovar.client.selftest;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * Writes one line per case: {@code ok}, the case's name and a digest of the result, so that two machines with different results never
 * print the same; or {@code FAIL} with both values.
 */
final class Report {
    private final Consumer<String> out;
    private int cases;
    private int failures;

    Report(Consumer<String> out) {
        this.out = out;
    }

    /** Compares texts; null is a value like any other. */
    void check(String name, String expected, String actual) {
        cases++;
        if (Objects.equals(expected, actual)) {
            out.accept("ok " + name + " " + digest(String.valueOf(actual)));
        } else {
            failures++;
            out.accept("FAIL " + name + ": expected " + shown(expected) + ", got " + shown(actual));
        }
    }

    /** A case without a golden, whose result must merely be the same everywhere. */
    void result(String name, String actual) {
        cases++;
        out.accept("ok " + name + " " + shown(actual));
    }

    void end() {
        out.accept("done: " + cases + " cases, " + failures + " failed");
    }

    private static String shown(String text) {
        String shown = String.valueOf(text).replace("\n", "\\n");
        return shown.length() > 400 ? shown.substring(0, 400) + "… " + digest(text) : shown;
    }

    /** FNV-1a over UTF-16 units: the same on every platform. */
    static String digest(String text) {
        int hash = 0x811c9dc5;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 16777619;
        }
        StringBuilder hex = new StringBuilder();
        for (int shift = 28; shift >= 0; shift -= 4) {
            hex.append("0123456789abcdef".charAt((hash >>> shift) & 15));
        }
        return hex.toString();
    }
}
