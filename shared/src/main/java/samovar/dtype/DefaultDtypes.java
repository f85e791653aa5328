package samovar.dtype;

import java.util.ArrayList;
import java.util.List;
import samovar.config.ModelFamily;

/**
 * The ordered lists from which {@code auto} takes the first dtype that exists and can run. docs/dtypes.md says why they
 * are ordered so.
 */
final class DefaultDtypes {
    private static final List<Dtype> WASM =
            List.of(Dtype.Q8, Dtype.INT8, Dtype.UINT8, Dtype.Q4, Dtype.BNB4, Dtype.FP32, Dtype.FP16);
    private static final List<Dtype> WEBGPU_F16 = List.of(Dtype.Q4F16, Dtype.Q4, Dtype.FP16, Dtype.FP32, Dtype.Q8);
    private static final List<Dtype> WEBGPU = List.of(Dtype.Q4, Dtype.FP32, Dtype.Q8);
    private static final List<Dtype> CPU = List.of(Dtype.Q4, Dtype.Q8, Dtype.INT8, Dtype.UINT8, Dtype.FP32, Dtype.FP16);

    /** Modules whose errors every later token inherits: an encoder-decoder's inputs are read once and used throughout. */
    private static final List<String> PRECISE_MODULES =
            List.of(ModelFamily.VISION_ENCODER, ModelFamily.ENCODER_MODEL, ModelFamily.EMBED_TOKENS);

    private static final List<Dtype> PRECISE_F16 = List.of(Dtype.FP16, Dtype.FP32);
    private static final List<Dtype> PRECISE = List.of(Dtype.FP32, Dtype.FP16);

    private DefaultDtypes() {}

    /** Whether the module's default is 16 or 32 bits wide. */
    static boolean isPrecise(ModelFamily family, String module) {
        return family.hasEncoderAndDecoder() && PRECISE_MODULES.contains(module);
    }

    /** Whether a dtype keeps what {@link #isPrecise} asks for. */
    static boolean isPrecise(Dtype dtype) {
        return PRECISE.contains(dtype);
    }

    /** The list for a module; for a precise module its own list first, then the device's, so that something runs. */
    static List<Dtype> list(ModelFamily family, String module, Device device, boolean shaderF16) {
        List<Dtype> ordinary =
                switch (device) {
                    case WASM -> WASM;
                    case WEBGPU -> shaderF16 ? WEBGPU_F16 : WEBGPU;
                    case CPU -> CPU;
                };
        if (!isPrecise(family, module)) {
            return ordinary;
        }
        // "Where f16 runs" is a GPU with shader-f16; on CPUs 16-bit floats are widened, which costs time and gains
        // nothing.
        List<Dtype> list = new ArrayList<>(device == Device.WEBGPU && shaderF16 ? PRECISE_F16 : PRECISE);
        for (Dtype dtype : ordinary) {
            if (!list.contains(dtype)) {
                list.add(dtype);
            }
        }
        return list;
    }

    /** The list's name in reasons. */
    static String name(ModelFamily family, String module, Device device, boolean shaderF16) {
        String place =
                switch (device) {
                    case WASM -> "the list for WASM";
                    case WEBGPU ->
                        shaderF16 ? "the list for WebGPU with shader-f16" : "the list for WebGPU without shader-f16";
                    case CPU -> "the server CPU's list";
                };
        return isPrecise(family, module) ? place + ", " + module + " precise" : place;
    }
}
