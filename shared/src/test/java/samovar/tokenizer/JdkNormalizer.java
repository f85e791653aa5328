package samovar.tokenizer;

import samovar.platform.Normalizer;

/** The JDK's Unicode normalization, for tests. */
final class JdkNormalizer implements Normalizer {
    @Override
    public String normalize(String text, Form form) {
        return java.text.Normalizer.normalize(text, java.text.Normalizer.Form.valueOf(form.name()));
    }
}
