package samovar.client.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AdapterProbeTest {
    @Test
    void softwareAdaptersAreKnownByName() {
        assertThat(List.of("google swiftshader", "Mesa llvmpipe (LLVM 19.1)", "Microsoft Basic Render Driver"))
                .allMatch(AdapterProbe::isSoftware);
        assertThat(List.of("nvidia ampere", "apple metal-3", "intel gen-12lp", ""))
                .noneMatch(AdapterProbe::isSoftware);
    }
}
