package samovar.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseReaderTest {
    private static final String STREAM = "\ufeff: hello\r\ndata: one\r\n\r\nevent: progress\rdata:two\rdata: 2 \r\r"
            + "event: lost\n\ndata\n\nid: 7\nretry: 10\ndata: {\"a\": \"b: c\"}\n\ndata: [DONE]\n\ndata: cut";

    private static final List<SseEvent> EVENTS = List.of(
            new SseEvent("message", "one"),
            new SseEvent("progress", "two\n2 "),
            new SseEvent("message", ""),
            new SseEvent("message", "{\"a\": \"b: c\"}"),
            new SseEvent("message", "[DONE]"));

    @Test
    void readsEveryLineEndingCommentAndFieldOfTheStandard() {
        assertThat(new SseReader().add(STREAM)).isEqualTo(EVENTS);
    }

    @Test
    void givesTheSameEventsWhereverTheTextIsCut() {
        for (int size = 1; size < 12; size++) {
            SseReader reader = new SseReader();
            List<SseEvent> events = new ArrayList<>();
            for (int from = 0; from < STREAM.length(); from += size) {
                events.addAll(reader.add(STREAM.substring(from, Math.min(STREAM.length(), from + size))));
            }
            assertThat(events).as("pieces of %d", size).isEqualTo(EVENTS);
        }
    }

    @Test
    void givesAnEventAsSoonAsItsEmptyLineCame() {
        SseReader reader = new SseReader();
        assertThat(reader.add("data: x\n")).isEmpty();
        assertThat(reader.add("\n")).containsExactly(new SseEvent("message", "x"));
    }

    @Test
    void readsWhatSseEventWrites() {
        List<SseEvent> events =
                List.of(new SseEvent("message", "a\nb"), new SseEvent("progress", ""), new SseEvent("message", "\n"));
        StringBuilder text = new StringBuilder();
        for (SseEvent event : events) {
            text.append(event.toText());
        }
        assertThat(new SseReader().add(text.toString())).isEqualTo(events);
    }

    @Test
    void knowsTheEventThatEndsAStream() {
        assertThat(EVENTS.get(4).isDone()).isTrue();
        assertThat(EVENTS.get(0).isDone()).isFalse();
    }
}
