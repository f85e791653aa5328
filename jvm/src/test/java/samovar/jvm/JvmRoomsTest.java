package samovar.jvm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The order of this module's rooms: hub, imageio and ortcpu, then the door. */
@AnalyzeClasses(packages = "samovar.jvm", importOptions = ImportOption.DoNotIncludeTests.class)
class JvmRoomsTest {
    @ArchTest
    static final ArchRule ONLY_ORTCPU_NAMES_ONNX_RUNTIME = noClasses()
            .that()
            .resideOutsideOfPackage("samovar.jvm.ortcpu")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.onnxruntime..");

    @ArchTest
    static final ArchRule HUB_KNOWS_NO_RUNTIME = noClasses()
            .that()
            .resideInAPackage("samovar.jvm.hub")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("samovar.jvm", "samovar.jvm.ortcpu", "samovar.runtime..", "samovar.task..");

    @ArchTest
    static final ArchRule ORTCPU_KNOWS_NO_DOOR = noClasses()
            .that()
            .resideInAPackage("samovar.jvm.ortcpu")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("samovar.jvm", "samovar.task..", "samovar.generate..", "samovar.model..");

    @ArchTest
    static final ArchRule IMAGEIO_KNOWS_PICTURES_ONLY = noClasses()
            .that()
            .resideInAPackage("samovar.jvm.imageio")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "samovar.jvm",
                    "samovar.jvm.hub",
                    "samovar.jvm.ortcpu",
                    "samovar.task..",
                    "samovar.model..",
                    "samovar.runtime..");
}
