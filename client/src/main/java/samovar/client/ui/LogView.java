package samovar.client.ui;

import org.teavm.jso.dom.html.HTMLElement;

/** The conversation on the page. Only the newest answer grows; earlier ones stay as they are. */
final class LogView {
    /** What the visitor may do with the newest answer. */
    interface Listener {
        void answerAgain();
    }

    /** As near to the end as counts as reading along, in pixels. */
    private static final int NEAR_END = 80;

    private final HTMLElement log = Dom.byId("log");
    private final HTMLElement landing = Dom.byId("landing");
    private final HTMLElement scroller = Dom.byId("scroller");
    private final HTMLElement announcer = Dom.byId("announcer");
    private final Sentences sentences = new Sentences();
    private final Listener listener;
    private HTMLElement answer;
    private Exchange shown;
    private boolean painting;

    LogView(Listener listener) {
        this.listener = listener;
    }

    /** A new exchange: the question, and room for the answer. */
    void add(Exchange exchange) {
        landing.setHidden(true);
        log.setHidden(false);
        HTMLElement question = Dom.copyOf("question");
        Dom.text(question, ".text", exchange.question());
        log.appendChild(question);
        answer = Dom.copyOf("answer");
        HTMLElement copy = Dom.part(answer, ".copy");
        Dom.onClick(copy, () -> Dom.copyToClipboard(exchange.answer(), () -> Dom.text(announcer, "Copied.")));
        Dom.onClick(Dom.part(answer, ".again"), listener::answerAgain);
        log.appendChild(answer);
        begin(exchange);
    }

    /** The newest answer starts, or starts anew. */
    void begin(Exchange exchange) {
        shown = exchange;
        sentences.end();
        paint();
        toEnd();
    }

    /** The newest answer has grown by this. */
    void grown(String delta) {
        announce(sentences.add(delta));
        if (!painting) {
            painting = true;
            Dom.beforePaint(() -> {
                painting = false;
                paint();
            });
        }
    }

    /** The newest answer is at its end. */
    void ended() {
        announce(sentences.end());
        paint();
    }

    void clear() {
        Dom.empty(log);
        log.setHidden(true);
        landing.setHidden(false);
        shown = null;
    }

    void toEnd() {
        scroller.setScrollTop(scroller.getScrollHeight());
    }

    private void paint() {
        if (shown == null) {
            return;
        }
        boolean follow = scroller.getScrollHeight() - scroller.getScrollTop() - scroller.getClientHeight() < NEAR_END;
        boolean writing = shown.state() == Exchange.State.WRITING;
        Dom.mark(answer, "writing", writing);
        answer.setAttribute("aria-busy", String.valueOf(writing));
        Markdown.show(Dom.part(answer, ".text"), shown.answer());
        Dom.text(answer, ".figures", shown.figures());
        if (follow) {
            toEnd();
        }
    }

    private void announce(String sentence) {
        if (!sentence.isEmpty()) {
            Dom.text(announcer, sentence);
        }
    }
}
