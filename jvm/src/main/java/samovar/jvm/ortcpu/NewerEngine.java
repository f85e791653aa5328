package samovar.jvm.ortcpu;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import samovar.runtime.RuntimeFault;

/**
 * Runs ONNX Runtime 1.30.0, the version that the browser runs too, under its Java binding, of which 1.29.0 is the newest. The
 * C interface between them keeps old callers working, but on Linux the binding asks the linker for the symbol version
 * {@code VERS_1.29.0}, and a library of 1.30.0 offers {@code VERS_1.30.0} alone; so the copy of the binding that is loaded names
 * that one. Both are loaded from a folder of this process's own, as ONNX Runtime does with its own, deleted at exit. Linux on x64
 * only: elsewhere the binding loads what it brings. An {@code onnxruntime.native.path} that was set is left to rule.
 */
final class NewerEngine {
    static final String BINDING_ASKS_FOR = "VERS_1.29.0";
    static final String ENGINE_OFFERS = "VERS_1.30.0";

    private static final String FOLDER_PROPERTY = "onnxruntime.native.path";
    private static final String ENGINE = "libonnxruntime.so";
    private static final String BINDING = "libonnxruntime4j_jni.so";

    private static boolean installed;

    private NewerEngine() {}

    /** To be called before ONNX Runtime's first class is initialized; later calls do nothing. Thread-safe. */
    static synchronized void install() {
        if (installed || !isLinuxOnX64() || System.getProperty(FOLDER_PROPERTY) != null) {
            return;
        }
        try {
            Path folder = Files.createTempDirectory("samovar-onnxruntime");
            folder.toFile().deleteOnExit();
            write(folder.resolve(ENGINE), resource("linux-x64/" + ENGINE));
            try (InputStream binding = resource("/ai/onnxruntime/native/linux-x64/" + BINDING)) {
                byte[] rebound = SymbolVersion.replace(binding.readAllBytes(), BINDING_ASKS_FOR, ENGINE_OFFERS);
                write(folder.resolve(BINDING), new ByteArrayInputStream(rebound));
            }
            System.setProperty(FOLDER_PROPERTY, folder.toString());
            installed = true;
        } catch (IOException e) {
            throw new RuntimeFault(
                    RuntimeFault.Kind.UNSUPPORTED_MODEL,
                    "ONNX Runtime's native library cannot be unpacked into the folder for temporary files, "
                            + System.getProperty("java.io.tmpdir") + ": " + e.getMessage()
                            + "; it takes 46 MB there, and -Djava.io.tmpdir names another folder",
                    e);
        }
    }

    private static boolean isLinuxOnX64() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch");
        return system.contains("linux") && (processor.equals("amd64") || processor.equals("x86_64"));
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = NewerEngine.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("the class path lacks " + name + ", so the build of it was not whole");
        }
        return in;
    }

    private static void write(Path file, InputStream in) throws IOException {
        file.toFile().deleteOnExit();
        try (in) {
            Files.copy(in, file);
        }
    }
}
