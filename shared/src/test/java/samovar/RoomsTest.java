package samovar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The plan of the house: who may know whom, and what the shared core does without. */
class RoomsTest {
    /** Each room may import the rooms before it, never one after it. */
    private static final List<String> ORDER = List.of(
            "json",
            "platform",
            "hub",
            "config",
            "dtype",
            "tensor",
            "onnx",
            "runtime",
            "image",
            "audio",
            "tokenizer",
            "chat",
            "generate",
            "model",
            "task",
            "wire");

    /** Ports that may await in the browser. */
    private static final Set<String> AWAITING = Set.of(
            "FileSource",
            "ModelRuntime",
            "Session",
            "DecoderStep",
            "BeamStep",
            "ChatBackend",
            "CaptionBackend",
            "ImageDecoder");

    private static final JavaClasses SHARED = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("samovar");

    @Test
    void everyClassLivesInARoom() {
        for (JavaClass type : SHARED) {
            assertThat(ORDER).as("room of %s", type.getName()).contains(room(type));
        }
    }

    @Test
    void roomsImportOnlyTheRoomsBeforeThem() {
        for (int i = 0; i < ORDER.size(); i++) {
            List<String> later = new ArrayList<>();
            for (String room : ORDER.subList(i + 1, ORDER.size())) {
                later.add("samovar." + room + "..");
            }
            if (!later.isEmpty()) {
                noClasses()
                        .that()
                        .resideInAPackage("samovar." + ORDER.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(later.toArray(new String[0]))
                        .allowEmptyShould(true)
                        .check(SHARED);
            }
        }
    }

    /** Atomic references are let through: TeaVM has them, they start no thread, and a value may be shared between the JVM's. */
    @Test
    void sharedUsesNothingThatTheBrowserLacksOrDoesOtherwise() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.util.regex..",
                        "java.io..",
                        "java.nio.file..",
                        "java.net..",
                        "java.text..",
                        "java.time..",
                        "java.lang.reflect..",
                        "java.lang.invoke..",
                        "java.util.concurrent",
                        "java.util.concurrent.locks..",
                        "ai.onnxruntime..",
                        "org.teavm..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(java.util.Locale.class, java.util.Random.class, Thread.class, Runtime.class)
                .check(SHARED);
    }

    @Test
    void sharedFormatsNumbersWithoutTheLocale() {
        noClasses()
                .should()
                .callMethodWhere(
                        named("java.lang.String.format, formatted, matches, replaceAll, replaceFirst or split"))
                .check(SHARED);
    }

    @Test
    void awaitingPortsExtendNothingOfTheJdk() {
        classes()
                .that()
                .areInterfaces()
                .and(new DescribedPredicate<JavaClass>("are awaiting ports") {
                    @Override
                    public boolean test(JavaClass type) {
                        return AWAITING.contains(type.getSimpleName());
                    }
                })
                .should(extendNothingOfTheJdk())
                .check(SHARED);
    }

    private static ArchCondition<JavaClass> extendNothingOfTheJdk() {
        return new ArchCondition<>("extend nothing of java.*") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaClass above : type.getAllRawInterfaces()) {
                    boolean clean = !above.getPackageName().startsWith("java.");
                    events.add(new SimpleConditionEvent(type, clean, type.getName() + " extends " + above.getName()));
                }
            }
        };
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> named(String description) {
        Set<String> names = Set.of("format", "formatted", "matches", "replaceAll", "replaceFirst", "split");
        return new DescribedPredicate<>(description) {
            @Override
            public boolean test(com.tngtech.archunit.core.domain.JavaMethodCall call) {
                return call.getTargetOwner().isEquivalentTo(String.class) && names.contains(call.getName());
            }
        };
    }

    private static String room(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.", -1);
        return parts.length > 1 ? parts[1] : type.getPackageName();
    }
}
