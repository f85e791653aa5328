package samovar.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorBodyTest {
    @Test
    void writesAllFourMembersAsOpenAiDoes() {
        assertThat(ErrorBody.invalid("top_p", "top_p: too large").toJson())
                .isEqualTo("{\"error\":{\"message\":\"top_p: too large\",\"type\":\"invalid_request_error\","
                        + "\"param\":\"top_p\",\"code\":null}}");
    }

    @Test
    void readsBackWhatItWrites() {
        ErrorBody body = new ErrorBody("no such model", ErrorBody.INVALID_REQUEST, "model", "model_not_found");
        assertThat(ErrorBody.find(body.toJson())).contains(body);
    }

    @Test
    void readsErrorsOfOtherServersAsFarAsTheyGo() {
        assertThat(ErrorBody.find("{\"error\":\"gone\"}").orElseThrow().message())
                .isEqualTo("gone");
        assertThat(ErrorBody.find("{\"error\":{\"message\":\"x\",\"code\":404}}")
                        .orElseThrow()
                        .code())
                .isEqualTo("404");
    }

    @Test
    void findsNoErrorInOtherText() {
        assertThat(ErrorBody.find("<html>502</html>")).isEmpty();
        assertThat(ErrorBody.find("[]")).isEmpty();
        assertThat(ErrorBody.find("{\"error\":null}")).isEmpty();
    }
}
