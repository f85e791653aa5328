package samovar.jvm;

import samovar.platform.Normalizer;

/** Unicode normalization by the JDK. Stateless; may be shared between threads. */
public final class JdkNormalizer implements Normalizer {
    @Override
    public String normalize(String text, Form form) {
        return java.text.Normalizer.normalize(
                text,
                switch (form) {
                    case NFC -> java.text.Normalizer.Form.NFC;
                    case NFD -> java.text.Normalizer.Form.NFD;
                    case NFKC -> java.text.Normalizer.Form.NFKC;
                    case NFKD -> java.text.Normalizer.Form.NFKD;
                });
    }
}
