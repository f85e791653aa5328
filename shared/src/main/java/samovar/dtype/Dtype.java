package samovar.dtype;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A form in which a module's weights are published, told by the suffix of the file's name. */
public enum Dtype {
    FP32("fp32", "", false),
    FP16("fp16", "_fp16", true),
    /** 8-bit weights with dynamically quantized uint8 activations. */
    Q8("q8", "_quantized", false),
    INT8("int8", "_int8", false),
    UINT8("uint8", "_uint8", false),
    /** 4-bit weights in blocks of 32 (MatMulNBits), activations fp32. */
    Q4("q4", "_q4", false),
    Q4F16("q4f16", "_q4f16", true),
    /** 4-bit NormalFloat weights in blocks of 64 (MatMulBnb4). */
    BNB4("bnb4", "_bnb4", false),
    Q2("q2", "_q2", false),
    Q2F16("q2f16", "_q2f16", true),
    Q1("q1", "_q1", false),
    Q1F16("q1f16", "_q1f16", true);

    private final String label;
    private final String suffix;
    private final boolean needsShaderF16;

    Dtype(String label, String suffix, boolean needsShaderF16) {
        this.label = label;
        this.suffix = suffix;
        this.needsShaderF16 = needsShaderF16;
    }

    /** The name that callers and configurations use, for example {@code q4f16}. */
    public String label() {
        return label;
    }

    /** What stands between the module's name and {@code .onnx}, for example {@code _quantized} for q8. */
    public String suffix() {
        return suffix;
    }

    /** True if its kernels compute in 16-bit floats, for which a WebGPU adapter needs the feature {@code shader-f16}. */
    public boolean needsShaderF16() {
        return needsShaderF16;
    }

    /** The path of a module's graph: {@code Q4.file("model")} is {@code onnx/model_q4.onnx}. */
    public String file(String module) {
        return "onnx/" + module + suffix + ".onnx";
    }

    /** The dtype of this label. */
    public static Optional<Dtype> find(String label) {
        for (Dtype dtype : values()) {
            if (dtype.label.equals(label)) {
                return Optional.of(dtype);
            }
        }
        return Optional.empty();
    }

    /**
     * The dtype of this label.
     *
     * @throws DtypePlanException UNKNOWN_DTYPE, listing the valid names
     */
    public static Dtype of(String label) {
        return find(label).orElseThrow(() -> new DtypePlanException(List.of(PlanFault.unknownDtype("", label))));
    }

    /** All labels, in the order of the constants. */
    public static List<String> labels() {
        return labels(List.of(values()));
    }

    static List<String> labels(List<Dtype> dtypes) {
        List<String> labels = new ArrayList<>();
        for (Dtype dtype : dtypes) {
            labels.add(dtype.label);
        }
        return labels;
    }
}
