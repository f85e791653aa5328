package samovar.client.ui;

import org.teavm.jso.dom.html.HTMLElement;

/** What the page shows before the first question: what the model is good for, and questions to start with. */
final class LandingView {
    /** Takes a question; must not await. */
    interface Asker {
        boolean ask(String question);
    }

    private final HTMLElement line = Dom.byId("landing-line");
    private final HTMLElement list = Dom.byId("starters");
    private final Asker asker;

    LandingView(Asker asker) {
        this.asker = asker;
    }

    void show(ModelCard card) {
        Starters starters = Starters.of(card);
        Dom.text(line, starters.line());
        Dom.empty(list);
        for (String question : starters.questions()) {
            HTMLElement item = Dom.copyOf("starter");
            HTMLElement button = Dom.part(item, "button");
            Dom.text(button, question);
            Dom.onClick(button, () -> asker.ask(question));
            list.appendChild(item);
        }
    }
}
