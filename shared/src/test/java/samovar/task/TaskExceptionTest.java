package samovar.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import samovar.hub.HubException;

class TaskExceptionTest {
    @ParameterizedTest
    @CsvSource({
        "REPO_NOT_FOUND, UNKNOWN_MODEL",
        "REVISION_NOT_FOUND, UNKNOWN_MODEL",
        "OFFLINE, UNKNOWN_MODEL",
        "INVALID, UNKNOWN_MODEL",
        "GATED, GATED_MODEL",
        "ENTRY_NOT_FOUND, UNSUPPORTED_MODEL",
        "UNAVAILABLE, HUB_UNAVAILABLE",
        "CORRUPT, LOAD"
    })
    void tellsAbsentFromGatedFromAway(HubException.Kind fault, TaskException.Kind kind) {
        assertThat(TaskException.of(new HubException(fault, "org/name", "no")).kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @EnumSource(HubException.Kind.class)
    void keepsTheHubsWordsAndAddsWhatToTry(HubException.Kind fault) {
        HubException cause = new HubException(fault, "org/name", "org/name is not to be had");
        TaskException failure = TaskException.of(cause);
        assertThat(failure.problem()).isEqualTo("org/name is not to be had");
        assertThat(failure.nextStep()).endsWith(".");
        assertThat(failure).hasCause(cause);
    }

    @Test
    void everyKindIsReadBackFromItsLabel() {
        for (TaskException.Kind kind : TaskException.Kind.values()) {
            assertThat(TaskException.Kind.ofLabel(kind.label())).isEqualTo(kind);
        }
    }
}
