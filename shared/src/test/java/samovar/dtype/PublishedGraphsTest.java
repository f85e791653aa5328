package samovar.dtype;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import samovar.hub.RepoFile;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;

class PublishedGraphsTest {
    private static Map<String, Map<Dtype, Long>> of(Object... pathsAndSizes) {
        List<RepoFile> files = new ArrayList<>();
        for (int i = 0; i < pathsAndSizes.length; i += 2) {
            files.add(new RepoFile((String) pathsAndSizes[i], (Integer) pathsAndSizes[i + 1], null, null));
        }
        return PublishedGraphs.of(new RepoListing(RepoId.of("org/name"), "main", files));
    }

    @Test
    void graphsAreNamedWithoutTheirDtypeAndCountTheirData() {
        Map<String, Map<Dtype, Long>> graphs = of(
                "config.json", 10,
                "onnx/vision_encoder.onnx", 100,
                "onnx/vision_encoder_q4f16.onnx", 20,
                "onnx/decoder_quantized.onnx", 7,
                "onnx/decoder_quantized.onnx_data", 1000,
                "onnx/decoder_quantized.onnx_data_1", 2000,
                "onnx/decoder_bnb4.onnx", 9);
        assertThat(graphs.keySet()).containsExactly("vision_encoder", "decoder");
        assertThat(graphs.get("vision_encoder")).isEqualTo(Map.of(Dtype.FP32, 100L, Dtype.Q4F16, 20L));
        assertThat(graphs.get("decoder")).isEqualTo(Map.of(Dtype.Q8, 3007L, Dtype.BNB4, 9L));
    }

    @Test
    void whatIsNoGraphOfTheFolderIsLeftOut() {
        assertThat(of("model.onnx", 1, "onnx/int8/model.onnx", 2, "onnx/model.txt", 3, "other/onnx/model.onnx", 4))
                .isEmpty();
    }
}
