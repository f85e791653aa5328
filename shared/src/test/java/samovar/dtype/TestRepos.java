package samovar.dtype;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import samovar.config.ModelConfig;
import samovar.hub.RepoFile;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.json.Json;

/** Listings for the tests: those of documented repositories, of the embedded models, and made up ones. */
final class TestRepos {
    static final String QWEN = "onnx-community/Qwen2.5-0.5B-Instruct";
    static final String FLORENCE = "onnx-community/Florence-2-base-ft";
    static final String WHISPER = "onnx-community/whisper-base";
    static final String SMOL_1_7B = "HuggingFaceTB/SmolLM2-1.7B-Instruct";

    static final ModelConfig QWEN_CONFIG = ModelConfig.parse(
            "{\"model_type\":\"qwen2\",\"architectures\":[\"Qwen2ForCausalLM\"],\"hidden_size\":896,\"vocab_size\":151936}");
    static final ModelConfig FLORENCE_CONFIG = ModelConfig.parse("{\"model_type\":\"florence2\"}");
    static final ModelConfig WHISPER_CONFIG = ModelConfig.parse("{\"model_type\":\"whisper\"}");
    static final ModelConfig BERT_CONFIG = ModelConfig.parse("{\"model_type\":\"bert\"}");
    static final ModelConfig LLAMA_CONFIG = llama("{}");

    static final DeviceCapabilities CPU = DeviceCapabilities.cpu(0);
    static final DeviceCapabilities WASM = DeviceCapabilities.wasm(0);
    static final DeviceCapabilities GPU = gpu(true);
    static final DeviceCapabilities GPU_WITHOUT_F16 = gpu(false);

    private TestRepos() {}

    private static DeviceCapabilities gpu(boolean shaderF16) {
        return DeviceCapabilities.webgpu(shaderF16, false, "test adapter", 0, 0, 0);
    }

    /** A language model whose config.json holds this transformers.js_config. */
    static ModelConfig llama(String transformersJsConfig) {
        return ModelConfig.parse("{\"model_type\":\"llama\",\"transformers.js_config\":" + transformersJsConfig + "}");
    }

    /** A documented repository, as its listing lies in the test resources. */
    static RepoListing published(String repo) {
        String name = "/hub/" + repo.replace("/", "--") + ".json";
        try (InputStream in = TestRepos.class.getResourceAsStream(name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return RepoListing.ofModelInfo(Json.parse(text, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A repository of these paths; each file has as many bytes as its path has characters, or as {@code path=bytes} says. */
    static RepoListing of(String... paths) {
        List<RepoFile> files = new ArrayList<>();
        for (String path : paths) {
            int equals = path.indexOf('=');
            files.add(
                    equals < 0
                            ? new RepoFile(path, path.length(), null, null)
                            : new RepoFile(
                                    path.substring(0, equals), Long.parseLong(path.substring(equals + 1)), null, null));
        }
        return new RepoListing(RepoId.of("test/model"), "main", files);
    }

    /** An embedded model, as it lies in models/. */
    static RepoListing bundled(String name) {
        Path root = Path.of("..", "models", "bundled", name);
        try (Stream<Path> paths = Files.walk(root)) {
            List<RepoFile> files = new ArrayList<>();
            for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
                String relative = root.relativize(path).toString().replace('\\', '/');
                files.add(new RepoFile(relative, Files.size(path), null, null));
            }
            return new RepoListing(RepoId.of("bundled/" + name), "main", files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ModelConfig bundledConfig(String name) {
        try {
            return ModelConfig.parse(Files.readString(Path.of("..", "models", "bundled", name, "config.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
