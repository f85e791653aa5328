package samovar.client.browser;

import samovar.client.js.Globals;
import samovar.platform.Normalizer;

/** {@code String.prototype.normalize}. */
public final class BrowserNormalizer implements Normalizer {
    @Override
    public String normalize(String text, Form form) {
        return Globals.normalize(text, form.name());
    }
}
