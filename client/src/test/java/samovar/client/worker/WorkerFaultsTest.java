package samovar.client.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchRuntimeException;

import org.junit.jupiter.api.Test;
import samovar.config.ModelConfig;
import samovar.image.ImageException;
import samovar.json.Json;
import samovar.runtime.RuntimeFault;
import samovar.task.TaskException;

class WorkerFaultsTest {
    @Test
    void aTextFileThatCannotBeReadSpeaksAgainstTheModelAndSaysWhatToTry() {
        TaskException broken =
                WorkerFaults.asTaskException(catchRuntimeException(() -> Json.parse("{", "tokenizer.json")));
        assertThat(broken.kind()).isEqualTo(TaskException.Kind.UNSUPPORTED_MODEL);
        assertThat(broken.problem()).contains("tokenizer.json");
        assertThat(broken.nextStep()).isEqualTo("Choose another model.");
        TaskException strange = WorkerFaults.asTaskException(catchRuntimeException(() -> ModelConfig.parse("{}")));
        assertThat(strange.kind()).isEqualTo(TaskException.Kind.UNSUPPORTED_MODEL);
    }

    @Test
    void aCancelledLoadIsALoadThatEnded() {
        RuntimeFault cancelled = new RuntimeFault(RuntimeFault.Kind.CANCELLED, "loading was cancelled");
        assertThat(WorkerFaults.asTaskException(cancelled).kind()).isEqualTo(TaskException.Kind.LOAD);
    }

    @Test
    void aPictureThatCannotBeReadIsTheRequestsFault() {
        ImageException damaged = new ImageException(ImageException.Kind.UNREADABLE, "the png file ends early");
        TaskException told = WorkerFaults.asTaskException(damaged);
        assertThat(told.kind()).isEqualTo(TaskException.Kind.INVALID_REQUEST);
        assertThat(told.problem()).isEqualTo("the png file ends early");
    }
}
