package samovar.image;

/** Numbers and signatures at places of a file. */
final class FileBytes {
    private final byte[] bytes;

    FileBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    int length() {
        return bytes.length;
    }

    /** Fails unless the file has that many bytes. */
    void needs(int length, ImageHeader.Format format) {
        if (bytes.length < length) {
            throw cutOff(format);
        }
    }

    ImageException cutOff(ImageHeader.Format format) {
        return new ImageException(
                ImageException.Kind.UNREADABLE,
                "the " + format.label() + " file is cut off after " + bytes.length + " bytes; load or copy it again");
    }

    /** Whether these characters, each one byte, stand there. */
    boolean has(int at, String signature) {
        if (at < 0 || bytes.length - at < signature.length()) {
            return false;
        }
        for (int i = 0; i < signature.length(); i++) {
            if (at(at + i) != signature.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    int at(int index) {
        return bytes[index] & 0xff;
    }

    int bigShort(int at) {
        return at(at) << 8 | at(at + 1);
    }

    int bigInt(int at) {
        return bigShort(at) << 16 | bigShort(at + 2);
    }

    int littleShort(int at) {
        return at(at) | at(at + 1) << 8;
    }

    int little24(int at) {
        return littleShort(at) | at(at + 2) << 16;
    }

    int littleInt(int at) {
        return littleShort(at) | littleShort(at + 2) << 16;
    }
}
