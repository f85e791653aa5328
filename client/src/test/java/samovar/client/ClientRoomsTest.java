package samovar.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know whom among the rooms of the client, and who may hold a port that awaits. */
class ClientRoomsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("samovar.client", "samovar.runtime", "samovar.generate", "samovar.task");

    private static final DescribedPredicate<JavaClass> AWAITING = new DescribedPredicate<>("are awaiting ports") {
        @Override
        public boolean test(JavaClass type) {
            return switch (type.getSimpleName()) {
                case "FileSource",
                        "ModelRuntime",
                        "Session",
                        "DecoderStep",
                        "ChatBackend",
                        "CaptionBackend",
                        "ImageDecoder",
                        "WeightSource",
                        "ModelPlaces",
                        "Job" -> true;
                default -> false;
            };
        }
    };

    private static void mayNotUse(String room, String... others) {
        noClasses()
                .that()
                .resideInAPackage("samovar.client." + room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(CLASSES);
    }

    @Test
    void thePageKnowsPlacesAndNotWhatIsBehindThem() {
        mayNotUse(
                "ui",
                "samovar.client.ortweb",
                "samovar.client.js",
                "samovar.client.worker",
                "samovar.client.browser",
                "samovar.client.app");
        // How a load goes on is told in the words of the port; sessions and tensors are not.
        noClasses()
                .that()
                .resideInAPackage("samovar.client.ui")
                .should()
                .dependOnClassesThat(new DescribedPredicate<JavaClass>("are of the runtime, but for a load's events") {
                    @Override
                    public boolean test(JavaClass type) {
                        return type.getPackageName().equals("samovar.runtime")
                                && !type.getSimpleName().equals("LoadListener")
                                && !type.getName().startsWith("samovar.runtime.LoadEvent");
                    }
                })
                .check(CLASSES);
    }

    @Test
    void theRuntimeKnowsNeitherPageNorWorker() {
        mayNotUse(
                "ortweb",
                "samovar.client.ui",
                "samovar.client.worker",
                "samovar.client.browser",
                "samovar.client.app",
                "samovar.task");
        mayNotUse(
                "js",
                "samovar.client.ui",
                "samovar.client.worker",
                "samovar.client.browser",
                "samovar.client.app",
                "samovar.client.ortweb",
                "samovar.runtime");
    }

    @Test
    void onlyOrtwebNamesOnnxRuntime() {
        noClasses()
                .that()
                .resideOutsideOfPackages("samovar.client.ortweb", "samovar.client.js")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("samovar\\.client\\.js\\.Ort.*")
                .check(CLASSES);
    }

    @Test
    void whatChoosesATokenOrHearsOfOneAwaitsNothing() {
        noClasses()
                .that()
                .haveNameMatching(
                        "samovar\\.(generate\\.(.*LogitsProcessor.*|.*Sampler.*|GenerationListener)|runtime\\.LoadListener)")
                .should()
                .dependOnClassesThat(AWAITING)
                .check(CLASSES);
    }

    @Test
    void everyAwaitingPortIsFound() {
        assertThat(CLASSES.stream().filter(AWAITING).map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder(
                        "ModelRuntime",
                        "Session",
                        "DecoderStep",
                        "ChatBackend",
                        "CaptionBackend",
                        "WeightSource",
                        "ModelPlaces",
                        "Job");
    }
}
