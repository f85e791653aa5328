package samovar.client.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import samovar.task.TaskException;

class RemoteFaultsTest {
    @Test
    void aFullServerIsBusyAndTheBrowserIsOffered() {
        TaskException fault = RemoteFaults.refused(
                503, "{\"error\":{\"message\":\"8 requests wait\",\"type\":\"service_unavailable_error\"}}");
        assertThat(fault.kind()).isEqualTo(TaskException.Kind.BUSY);
        assertThat(fault.problem()).isEqualTo("8 requests wait");
        assertThat(fault.nextStep()).contains("run the model in this browser");
    }

    @Test
    void anUnknownModelIsToldApartFromABadRequest() {
        String body = "{\"error\":{\"message\":\"no such model\",\"type\":\"invalid_request_error\",\"code\":\"%s\"}}";
        assertThat(RemoteFaults.refused(404, body.replace("%s", "model_not_found"))
                        .kind())
                .isEqualTo(TaskException.Kind.UNKNOWN_MODEL);
        assertThat(RemoteFaults.refused(400, body.replace("%s", "context_length_exceeded"))
                        .kind())
                .isEqualTo(TaskException.Kind.PROMPT_TOO_LONG);
        assertThat(RemoteFaults.refused(400, body.replace("%s", "other")).kind())
                .isEqualTo(TaskException.Kind.INVALID_REQUEST);
    }

    @Test
    void aProxysPageBecomesAStatus() {
        TaskException fault = RemoteFaults.refused(502, "<html>Bad gateway</html>");
        assertThat(fault.kind()).isEqualTo(TaskException.Kind.BACKEND_LOST);
        assertThat(fault.problem()).contains("502");
    }

    @Test
    void aHangUpInMidAnswerSaysSo() {
        TaskException fault = RemoteFaults.broken("network error", true, null);
        assertThat(fault.kind()).isEqualTo(TaskException.Kind.BACKEND_LOST);
        assertThat(fault.problem()).isEqualTo("the server went away in the middle of its answer: network error");
        assertThat(fault.nextStep()).isNotEmpty();
        assertThat(RemoteFaults.broken("refused", false, null).problem()).startsWith("the server can't be reached");
    }
}
