package samovar.config;

import java.util.ArrayList;
import java.util.List;

/** Pillow's filters for resizing, with the numbers that preprocessor_config.json has for them. */
public enum Resample {
    NEAREST(0),
    LANCZOS(1),
    BILINEAR(2),
    BICUBIC(3),
    BOX(4),
    HAMMING(5);

    private final int code;

    Resample(int code) {
        this.code = code;
    }

    /** The number that stands for it in preprocessor_config.json. */
    public int code() {
        return code;
    }

    /** The filter of that number; an unknown one is a {@link ConfigException} that lists the known. */
    public static Resample ofCode(int code) {
        List<String> allowed = new ArrayList<>();
        for (Resample resample : values()) {
            if (resample.code == code) {
                return resample;
            }
            allowed.add(resample.code + " (" + resample.name() + ")");
        }
        throw new ConfigException(
                "resample " + code, allowed, "unknown resample " + code + "; known are " + String.join(", ", allowed));
    }
}
