package samovar.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** {@code http} knows no other room, {@code mirror} and {@code inference} not each other, {@code openai} not the mirror. */
class ServerRoomsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("samovar.server");

    private static void mayNotUse(String room, String... others) {
        noClasses()
                .that()
                .resideInAPackage("samovar.server." + room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(CLASSES);
    }

    @Test
    void httpServesTheOthersAndKnowsNone() {
        mayNotUse(
                "http",
                "samovar.server",
                "samovar.server.mirror",
                "samovar.server.inference",
                "samovar.server.openai",
                "samovar.jvm..");
    }

    @Test
    void inferenceKnowsNothingOfHttp() {
        mayNotUse(
                "inference",
                "samovar.server",
                "samovar.server.http",
                "samovar.server.mirror",
                "samovar.server.openai",
                "io.javalin..",
                "org.eclipse.jetty..",
                "jakarta..");
    }

    @Test
    void theMirrorAndTheApiAreNeighboursOnly() {
        mayNotUse("mirror", "samovar.server", "samovar.server.inference", "samovar.server.openai", "samovar.wire");
        mayNotUse("openai", "samovar.server", "samovar.server.mirror", "samovar.jvm..");
    }

    @Test
    void nobodyHereNamesOnnxRuntime() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime..")
                .check(CLASSES);
    }
}
