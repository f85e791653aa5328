package samovar.client.selftest;

import java.util.Base64;
import samovar.config.PreprocessorConfig;
import samovar.config.Resample;
import samovar.image.ImageException;
import samovar.image.ImageHeader;
import samovar.image.ImageLimits;
import samovar.image.ImagePreprocessor;
import samovar.image.ImageSize;
import samovar.image.Resize;
import samovar.image.RgbImage;
import samovar.json.Json;

/** Resizing, a model's input, and headers, without a decoder: goldens/decode has Pillow's bytes of small pictures beside the files. */
final class ImageCases {
    private ImageCases() {}

    static void run(Texts texts, Report report) {
        Json golden = texts.golden("decode/decode.json");
        RgbImage image = null;
        for (Json one : golden.get("cases").elements()) {
            String name = one.get("file").asString();
            byte[] rgb = Base64.getDecoder().decode(one.get("rgb").asString());
            RgbImage decoded =
                    new RgbImage(one.get("width").asInt(), one.get("height").asInt(), rgb);
            image = image == null ? decoded : image;
            report.result("image " + name + " as input", digest(pixels(decoded)));
        }
        for (Json one : golden.get("resized").elements()) {
            Resample filter = Resample.ofCode(one.get("resample").asInt());
            ImageSize size =
                    new ImageSize(one.get("width").asInt(), one.get("height").asInt());
            report.check(
                    "image resize " + filter + " " + size,
                    one.get("fnv1a").asString(),
                    digest(Resize.resize(image, size, filter).rgb()));
        }
        headers(golden.get("headers"), report);
    }

    /** The first bytes of files, whole or damaged: what they say, or why not. */
    private static void headers(Json headers, Report report) {
        for (Json one : headers.elements()) {
            byte[] file = Base64.getDecoder().decode(one.get("base64").asString());
            String said;
            try {
                ImageHeader header = ImageLimits.DEFAULTS.check(file);
                said = header.format().label() + ", " + header.width() + " × " + header.height();
            } catch (ImageException e) {
                said = e.kind() + ": " + e.getMessage();
            }
            report.result("image header " + one.get("name").asString(), said);
        }
    }

    private static float[] pixels(RgbImage image) {
        PreprocessorConfig config = PreprocessorConfig.parse("{\"size\": {\"shortest_edge\": 48}, \"resample\": 3,"
                + " \"do_center_crop\": true, \"crop_size\": 50, \"image_mean\": [0.485, 0.456, 0.406],"
                + " \"image_std\": [0.229, 0.224, 0.225]}");
        return new ImagePreprocessor(config).pixelValues(image).floats();
    }

    /** FNV-1a over the floats' bits. */
    private static String digest(float[] values) {
        int hash = 0x811c9dc5;
        for (float value : values) {
            hash = (hash ^ Float.floatToIntBits(value)) * 16777619;
        }
        return Integer.toHexString(hash);
    }

    /** FNV-1a over bytes. */
    private static String digest(byte[] values) {
        int hash = 0x811c9dc5;
        for (byte value : values) {
            hash = (hash ^ (value & 0xff)) * 16777619;
        }
        return Integer.toHexString(hash);
    }
}
