package samovar.platform;

/** Unicode normalization, which the JDK and the browser have and TeaVM's class library lacks. Never awaits. */
public interface Normalizer {
    /** The four normalization forms of UAX #15. */
    enum Form {
        NFC,
        NFD,
        NFKC,
        NFKD
    }

    String normalize(String text, Form form);
}
