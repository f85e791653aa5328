package samovar.task;

import java.nio.file.Path;
import samovar.config.PreprocessorConfig;
import samovar.generate.Fixtures;
import samovar.image.ImageSize;
import samovar.json.Json;

/** The embedded Florence-2's processor, and the reference's answers. */
final class Florence2Goldens {
    static final Path MODEL = Path.of("../models/bundled/Florence-2-tiny-shapes");
    static final Florence2Processor PROCESSOR =
            new Florence2Processor(PreprocessorConfig.parse(Fixtures.read(MODEL.resolve("preprocessor_config.json"))));

    private Florence2Goldens() {}

    static Json golden(String name) {
        return Fixtures.golden("florence/" + name);
    }

    static ImageSize size(Json widthAndHeight) {
        return new ImageSize(
                widthAndHeight.get(0).asInt(), widthAndHeight.get(1).asInt());
    }
}
