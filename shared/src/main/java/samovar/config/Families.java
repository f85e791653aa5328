package samovar.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.json.Json;

/** Which {@code model_type} belongs to which family, as the Hub's ONNX repositories use them. */
final class Families {
    private static final Map<String, ModelFamily> BY_MODEL_TYPE = new LinkedHashMap<>();

    static {
        add(
                ModelFamily.DECODER_ONLY,
                "apertus arcee bloom codegen cohere cohere2 ernie4_5 exaone exaone4 falcon falcon_h1 gemma gemma2 gemma3_text"
                        + " glm glm4 gpt2 gpt_bigcode gpt_neo gpt_neox gpt_oss gptj granite granitemoehybrid helium"
                        + " hunyuan_v1_dense internlm2 jais lfm2 llama llama4_text minicpm ministral mistral mobilellm mpt"
                        + " modernbert-decoder nanochat olmo olmo2 olmo3 openelm opt phi phi3 qwen2 qwen2_moe qwen3 qwen3_moe"
                        + " smollm3 stablelm starcoder2 trocr vaultgemma");
        add(ModelFamily.ENCODER_DECODER, "bart blenderbot blenderbot-small longt5 m2m_100 marian mbart mt5 pegasus t5");
        add(ModelFamily.FLORENCE_2, "florence2");
        add(ModelFamily.WHISPER, "whisper lite-whisper");
        add(
                ModelFamily.ENCODER_ONLY,
                "albert bert camembert convbert deberta deberta-v2 distilbert electra esm eurobert mobilebert modernbert"
                        + " mpnet neobert nomic_bert roberta roformer squeezebert xlm xlm-roberta");
    }

    /** Heads that read a text once, whatever body they sit on (BART has a classifier too). */
    private static final List<String> HEADS_RUN_ONCE = List.of(
            "ForSequenceClassification",
            "ForTokenClassification",
            "ForQuestionAnswering",
            "ForMaskedLM",
            "ForTextEncoding");

    /** Sub-configurations of models that see or hear: their modules are not those of a plain language model. */
    private static final List<String> OTHER_SENSES =
            List.of("vision_config", "audio_config", "text_config", "img_processor", "encoder_config", "decoder");

    private Families() {}

    private static void add(ModelFamily family, String modelTypes) {
        int from = 0;
        while (from < modelTypes.length()) {
            int space = modelTypes.indexOf(' ', from);
            int to = space < 0 ? modelTypes.length() : space;
            BY_MODEL_TYPE.put(modelTypes.substring(from, to), family);
            from = to + 1;
        }
    }

    /**
     * A known model type decides, unless the head says that the text is only read once. An unknown type is taken for a
     * language model if its architecture ends in {@code ForCausalLM} and nothing in the file speaks of other senses: new
     * ones appear every month and are exported alike.
     */
    static ModelFamily of(Json config, String modelType, List<String> architectures) {
        String architecture = architectures.isEmpty() ? "" : architectures.get(0);
        ModelFamily known = BY_MODEL_TYPE.get(modelType);
        if (known != null) {
            return known != ModelFamily.WHISPER && endsWithAny(architecture, HEADS_RUN_ONCE)
                    ? ModelFamily.ENCODER_ONLY
                    : known;
        }
        if (architecture.endsWith("ForCausalLM") && hasNone(config, OTHER_SENSES)) {
            return ModelFamily.DECODER_ONLY;
        }
        throw unsupported(config, modelType, architecture);
    }

    private static boolean endsWithAny(String architecture, List<String> endings) {
        for (String ending : endings) {
            if (architecture.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasNone(Json config, List<String> keys) {
        for (String key : keys) {
            if (!config.get(key).isNull()) {
                return false;
            }
        }
        return true;
    }

    private static ConfigException unsupported(Json config, String modelType, String architecture) {
        List<String> families = new ArrayList<>();
        for (ModelFamily family : ModelFamily.values()) {
            families.add(family.label() + " (" + examples(family) + ")");
        }
        return new ConfigException(
                modelType,
                List.copyOf(BY_MODEL_TYPE.keySet()),
                config.get("model_type").path() + ": the model type \"" + modelType + "\""
                        + (architecture.isEmpty() ? "" : ", architecture " + architecture + ",")
                        + " is not supported; supported families: " + String.join(", ", families));
    }

    private static String examples(ModelFamily family) {
        List<String> preferred = List.of(
                "llama",
                "qwen2",
                "qwen3",
                "gemma2",
                "phi3",
                "t5",
                "bart",
                "marian",
                "florence2",
                "whisper",
                "bert",
                "roberta",
                "mpnet");
        List<String> examples = new ArrayList<>();
        for (String modelType : preferred) {
            if (BY_MODEL_TYPE.get(modelType) == family) {
                examples.add(modelType);
            }
        }
        return String.join(", ", examples) + (examples.size() > 2 ? ", …" : "");
    }
}
