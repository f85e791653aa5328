package samovar.client.ui;

import java.util.List;
import samovar.dtype.Place;
import samovar.platform.CancellationFlag;
import samovar.task.ChatBackend;
import samovar.task.TaskException;

/** The page to chat with: it keeps the conversation whatever becomes of the place where the model runs. */
public final class ChatPage {
    private final ModelPlaces places;
    private final PlaceFinder finder;
    private final Composer composer;
    private final SettingsView settings = new SettingsView();
    private final LandingView landing = new LandingView(this::send);
    private final Answering answering;
    /** What answers now; null where nothing is ready. */
    private ChatBackend backend;

    private ChatPage(ModelPlaces places) {
        this.places = places;
        this.finder = new PlaceFinder(places, new Wishes());
        this.composer = new Composer(new Keys());
        this.answering = new Answering(settings, new LogView(this::answerAgain), composer);
    }

    /** Runs the page; never returns. Call it on a coroutine. */
    public static void open(ModelPlaces places) {
        new ChatPage(places).run();
    }

    private void run() {
        Dom.onClick(Dom.byId("clear"), () -> finder.ask(this::clear));
        composer.accept(true);
        composer.focus();
        finder.run();
    }

    private void answer() {
        if (backend == null || !answering.isPending()) {
            return;
        }
        finder.stage().clear();
        try {
            answering.answer(backend, finder.model());
        } catch (TaskException failed) {
            fault(failed);
        }
    }

    private void fault(TaskException failed) {
        List<String> next = PlaceFinder.next(failed);
        StageView stage = finder.stage();
        StageView.Action again = finder.action("Try again", this::again);
        switch (failed.kind()) {
            case PROMPT_TOO_LONG ->
                stage.fault(
                        "The conversation is longer than the model can read",
                        failed.problem(),
                        List.of(),
                        List.of(finder.action("New conversation", this::clear)));
            case INVALID_REQUEST, CHAT_TEMPLATE, NO_CHAT_TEMPLATE ->
                stage.fault(
                        "The model can't be asked like this",
                        failed.problem(),
                        next,
                        List.of(new StageView.Action("Open the settings", settings::open), again));
            case BUSY -> stage.fault("The server is busy", failed.problem(), next, List.of(again));
            case UNKNOWN_MODEL,
                    GATED_MODEL,
                    HUB_UNAVAILABLE,
                    UNSUPPORTED_MODEL,
                    PLAN,
                    LOAD,
                    RUN,
                    BACKEND_LOST,
                    CLOSED -> finder.failed(answering.hasBegun() ? "The answer broke off" : "No answer came", failed);
        }
    }

    private void clear() {
        answering.clear();
        composer.focus();
        finder.resume();
    }

    private void again() {
        answering.reopen();
        answer();
    }

    private boolean send(String text) {
        if (!answering.ask(text)) {
            return false;
        }
        finder.add(this::answer);
        return true;
    }

    private void answerAgain() {
        if (!answering.isPending()) {
            finder.add(this::again);
        }
    }

    /** Keys and buttons of the composer. */
    private final class Keys implements Composer.Listener {
        @Override
        public boolean send(String text) {
            return ChatPage.this.send(text);
        }

        @Override
        public void stop() {
            finder.stop();
        }
    }

    /** What the way to a model asks of this page. */
    private final class Wishes implements ModelPage {
        @Override
        public ModelSheet.Kind kind() {
            return ModelSheet.Kind.CHAT;
        }

        @Override
        public List<ModelCard> models() {
            return places.models();
        }

        @Override
        public ModelCard model(String id) {
            return places.model(id);
        }

        @Override
        public ModelCard first(List<ModelCard> models) {
            return models.get(0);
        }

        @Override
        public void chosen(ModelCard model) {
            settings.show(model.defaults());
            landing.show(model);
        }

        @Override
        public void goesTo(Place place) {
            // The line below the composer says it.
        }

        @Override
        public void load(PlaceCard card, LoadListener listener, CancellationFlag cancelled) {
            backend = places.load(card, listener, cancelled);
        }

        @Override
        public boolean isReady() {
            return backend != null;
        }

        @Override
        public void leave() {
            if (backend != null) {
                backend.close();
                backend = null;
            }
        }

        @Override
        public void work() {
            answer();
        }

        @Override
        public void reopen() {
            answering.reopen();
        }

        @Override
        public void stop() {
            answering.stop();
        }
    }
}
