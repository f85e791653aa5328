package samovar.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import samovar.json.Json;

class RepoAboutTest {
    private static RepoAbout of(String info) {
        return RepoAbout.ofModelInfo(Json.parse(info, "info"));
    }

    @Test
    void readsTaskAndGateInAllFormsThatTheHubHas() {
        assertThat(of("{\"pipeline_tag\": \"text-generation\", \"gated\": false}"))
                .isEqualTo(new RepoAbout("text-generation", false));
        assertThat(of("{\"gated\": \"manual\"}")).isEqualTo(new RepoAbout("", true));
        assertThat(of("{\"gated\": \"auto\", \"pipeline_tag\": null}")).isEqualTo(new RepoAbout("", true));
        assertThat(of("{\"gated\": true, \"pipeline_tag\": 7}")).isEqualTo(new RepoAbout("", true));
        assertThat(of("{}")).isEqualTo(new RepoAbout("", false));
    }
}
