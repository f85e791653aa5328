package samovar.jvm.ortcpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import samovar.runtime.RuntimeFault;

/**
 * On Linux, ONNX Runtime (1.29.0 and 1.30.0) ends the whole process with a segmentation fault, and without a word, while its environment is made
 * if the process's command line is longer than somewhat under 4000 bytes, as a long class path makes it. Found by trying: 3953
 * bytes pass, 3993 do not. Delete this class when a newer version passes its test without it.
 */
final class LongCommandLine {
    private static final int SAFE_BYTES = 3900;
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private LongCommandLine() {}

    /** Throws where ONNX Runtime would crash. */
    static void refuse() {
        int bytes = length();
        if (bytes > SAFE_BYTES) {
            throw new RuntimeFault(
                    RuntimeFault.Kind.UNSUPPORTED_MODEL,
                    "this JVM's command line is " + bytes
                            + " bytes long, and ONNX Runtime crashes beyond about 3900; give the class path in the"
                            + " environment variable CLASSPATH, in an @argument file, or as a jar whose manifest lists it");
        }
    }

    private static int length() {
        try {
            return Files.isReadable(COMMAND_LINE) ? Files.readAllBytes(COMMAND_LINE).length : 0;
        } catch (IOException e) {
            // Not Linux, or a system that hides it: nothing is known, and nothing can be said.
            return 0;
        }
    }
}
