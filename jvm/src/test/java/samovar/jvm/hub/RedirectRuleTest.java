package samovar.jvm.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectRuleTest {
    /** Addresses in figures, so that no name is looked up. */
    @ParameterizedTest
    @CsvSource({
        "93.184.216.34, 127.0.0.1, true",
        "93.184.216.34, 10.1.2.3, true",
        "93.184.216.34, 192.168.1.1, true",
        "93.184.216.34, 169.254.169.254, true",
        "93.184.216.34, 0.0.0.0, true",
        "93.184.216.34, [::1], true",
        "93.184.216.34, [fd00::1], true",
        "93.184.216.34, [fe80::1], true",
        "93.184.216.34, [::ffff:127.0.0.1], true",
        "93.184.216.34, 151.101.1.1, false",
        "127.0.0.1, 192.168.1.1, false",
        "192.168.1.1, 192.168.1.1, false",
        "10.0.0.1, 151.101.1.1, false",
    })
    void aPublicHubLeadsNowhereInside(String hub, String target, boolean refused) {
        assertThat(RedirectRule.leadsInside(hub, target)).isEqualTo(refused);
    }
}
