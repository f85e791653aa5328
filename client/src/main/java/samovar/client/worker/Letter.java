package samovar.client.worker;

/** A message as it came. */
final class Letter {
    private static final byte[] NONE = {};

    private final String text;
    private final byte[] bytes;

    /** @param bytes that came with it, which become the letter's; null for none */
    Letter(String text, byte[] bytes) {
        this.text = text;
        this.bytes = bytes == null ? NONE : bytes;
    }

    String text() {
        return text;
    }

    /** The bytes themselves, not a copy; empty where none came. */
    byte[] bytes() {
        return bytes;
    }
}
