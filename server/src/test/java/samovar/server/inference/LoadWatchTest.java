package samovar.server.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import samovar.runtime.LoadEvent;
import samovar.task.TaskException;

class LoadWatchTest {
    private final Loading loading = new Loading(null, null);

    private static LoadEvent received(long bytes) {
        return new LoadEvent(LoadEvent.Phase.DOWNLOADING, "model", bytes, 1000, false);
    }

    @Test
    void ofManyEventsTheNewestIsTold() throws Exception {
        LoadWatch watch = loading.watch();
        for (int i = 0; i <= 1000; i++) {
            loading.tell(received(i));
        }
        assertThat(watch.next(0)).isEqualTo(received(1000));
        assertThat(watch.isEmpty()).isTrue();
        assertThat(watch.next(0)).isNull();
    }

    @Test
    void progressIsHeldBackAndANewStepIsNot() throws Exception {
        LoadWatch watch = loading.watch();
        loading.tell(received(1));
        assertThat(watch.next(0)).isEqualTo(received(1));
        long start = System.nanoTime();
        loading.tell(received(2));
        assertThat(watch.next(10_000)).isEqualTo(received(2));
        assertThat(System.nanoTime() - start).isGreaterThan(20_000_000L);
        LoadEvent compiling = new LoadEvent(LoadEvent.Phase.COMPILING, "model", 0, 0, false);
        loading.tell(received(3));
        loading.tell(compiling);
        List<LoadEvent> both = new ArrayList<>(List.of(watch.next(0), watch.next(0)));
        assertThat(both).containsExactly(received(3), compiling);
    }

    @Test
    void whoComesLaterBeginsWithTheLatest() throws Exception {
        loading.tell(received(1));
        loading.tell(received(7));
        assertThat(loading.watch().next(0)).isEqualTo(received(7));
    }

    @Test
    void aModelThatComesAfterTheEndIsLeftToWhoeverBroughtIt() {
        loading.failed(new TaskException(TaskException.Kind.CLOSED, "the server is stopping", ""));
        assertThat(loading.arrived(null)).isFalse();
        assertThatThrownBy(() -> loading.await(0)).hasMessage("the server is stopping");
    }
}
