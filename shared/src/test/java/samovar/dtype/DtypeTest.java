package samovar.dtype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DtypeTest {
    @ParameterizedTest
    @CsvSource({
        "fp32, onnx/model.onnx, false",
        "fp16, onnx/model_fp16.onnx, true",
        "q8, onnx/model_quantized.onnx, false",
        "int8, onnx/model_int8.onnx, false",
        "uint8, onnx/model_uint8.onnx, false",
        "q4, onnx/model_q4.onnx, false",
        "q4f16, onnx/model_q4f16.onnx, true",
        "bnb4, onnx/model_bnb4.onnx, false",
        "q2, onnx/model_q2.onnx, false",
        "q2f16, onnx/model_q2f16.onnx, true",
        "q1, onnx/model_q1.onnx, false",
        "q1f16, onnx/model_q1f16.onnx, true"
    })
    void namesTheFileOfEachDtype(String label, String file, boolean needsShaderF16) {
        Dtype dtype = Dtype.of(label);
        assertThat(dtype.label()).isEqualTo(label);
        assertThat(dtype.file("model")).isEqualTo(file);
        assertThat(dtype.needsShaderF16()).isEqualTo(needsShaderF16);
    }

    @Test
    void knowsAllOfThem() {
        assertThat(Dtype.labels()).hasSize(12).doesNotContain("auto");
    }

    @Test
    void listsTheValidNamesForAnUnknownOne() {
        assertThatThrownBy(() -> Dtype.of("Q4"))
                .isInstanceOf(DtypePlanException.class)
                .hasMessage("unknown dtype \"Q4\"; valid: fp32, fp16, q8, int8, uint8, q4, q4f16, bnb4, q2, q2f16, q1,"
                        + " q1f16, auto");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "999, 999 bytes",
        "1000, 1.0 kB",
        "1049, 1.0 kB",
        "1050, 1.1 kB",
        "9949, 9.9 kB",
        "9999, 10 kB",
        "123456, 123 kB",
        "999499, 999 kB",
        "999999, 1.0 MB",
        "100221720, 100 MB",
        "1950000000, 2.0 GB",
        "9223372036854775807, 9.2 EB"
    })
    void writesSizesForPeople(long bytes, String text) {
        assertThat(ByteSize.text(bytes)).isEqualTo(text);
    }
}
