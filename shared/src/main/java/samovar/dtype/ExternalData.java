package samovar.dtype;

import samovar.json.Json;

/**
 * {@code use_external_data_format}: how many files of external data a graph has. True is one, a number is that many, a map
 * says it by file name ({@code model_q4.onnx}) or else by base name ({@code model}).
 */
final class ExternalData {
    /** The configuration does not speak of this file. */
    static final int UNSAID = -1;

    /** As in Transformers.js; a larger number is a mistake. */
    private static final int MAX_FILES = 100;

    private final Json json;

    ExternalData(Json json) {
        this.json = json;
    }

    /**
     * The number of data files of a graph, or {@link #UNSAID}.
     *
     * @throws samovar.json.JsonException for a value that is neither a boolean nor a number from 0 to 100
     */
    int count(String module, Dtype dtype) {
        if (json.isNull()) {
            return UNSAID;
        }
        if (!json.isObject()) {
            return count(json);
        }
        Json byFile = json.get(module + dtype.suffix() + ".onnx");
        return count(byFile.isNull() ? json.get(module) : byFile);
    }

    private static int count(Json value) {
        if (value.isNull()) {
            return UNSAID;
        }
        if (value.isBoolean()) {
            return value.asBoolean() ? 1 : 0;
        }
        int count = value.isNumber() ? value.asInt() : UNSAID;
        if (count < 0 || count > MAX_FILES) {
            throw value.fault(
                    "expected true, false or a number of files from 0 to " + MAX_FILES + ", found " + value.raw());
        }
        return count;
    }

    /** The path of a graph's data file, counted from 0: {@code _data}, {@code _data_1}, … */
    static String path(String graph, int position) {
        return graph + "_data" + (position == 0 ? "" : "_" + position);
    }
}
