package samovar.jvm.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import samovar.hub.HubException;

/** What is said where no Hub answers. */
class UnreachableHubTest {
    private static final HubClient.Patience SHORT =
            new HubClient.Patience(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(400));

    private static String asked(String url) {
        HubRequests requests = new HubRequests(Optional.empty(), SHORT);
        try (HubRequests.Answer answer =
                requests.get(new HubRequests.Ask(url, "org/name@main", HubException.Kind.REPO_NOT_FOUND, "", false))) {
            return "answered " + answer.contentType();
        } catch (PassingFault | IOException e) {
            return e.getMessage() + (e.getCause() == null ? "" : e.getCause().getMessage());
        }
    }

    @Test
    void aHostThatTakesNoConnectionIsNamed() {
        // Port 1 belongs to a service that nobody runs.
        assertThat(asked("http://127.0.0.1:1/api/models/org/name?blobs=true"))
                .contains(
                        "cannot get org/name@main: no connection to 127.0.0.1:1; check the network and the Hub's address")
                .doesNotContain("Exception", "offline option", "blobs");
    }

    @Test
    void aNameThatIsNotKnownIsCalledSo() {
        ConnectException unknown = new ConnectException();
        unknown.initCause(new UnresolvedAddressException());
        assertThat(HubRequests.unavailable("org/name@main", "https://hub.invalid/x", unknown))
                .hasMessageStartingWith(
                        "cannot get org/name@main: no connection to hub.invalid, a name that is not known here;");
    }

    @Test
    void aFaultWithoutWordsIsSaidInWords() {
        assertThat(HubRequests.unavailable("org/name@main", "https://hub.example/x", new IOException()))
                .hasMessageStartingWith("cannot get org/name@main: the connection to hub.example broke off;");
        assertThat(HubRequests.unavailable("org/name@main", "https://hub.example/x", new IOException("too short")))
                .hasMessageStartingWith("cannot get org/name@main: https://hub.example/x: too short;");
    }
}
