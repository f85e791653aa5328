package samovar.client.ui;

import java.util.ArrayList;
import java.util.List;
import org.teavm.jso.dom.html.HTMLElement;
import samovar.dtype.ByteSize;
import samovar.dtype.Place;
import samovar.dtype.Placement;
import samovar.platform.CancellationFlag;
import samovar.task.ChatBackend;
import samovar.task.TaskException;

/**
 * The page as a whole. It asks all places what they offer for the chosen model, goes to the one that {@link
 * samovar.dtype.PlacementRule} or the visitor picks, and keeps the conversation whatever becomes of the place.
 *
 * <p>All that awaits happens in {@link #run}, one job after the other. What the visitor clicks meanwhile raises a flag and adds a job.
 */
public final class ChatPage {
    /** A browser fetches more than this only after a click. */
    private static final long ASK_BEFORE_BYTES = 50_000_000;

    private final ModelPlaces places;
    private final PageLink link = PageLink.of(Dom::query);
    private final Selection selection = new Selection();
    private final Jobs jobs = new Jobs();
    private final Composer composer = new Composer(new Keys());
    private final MenusView menus = new MenusView(new Choices());
    private final SettingsView settings = new SettingsView();
    private final StageView stage = new StageView();
    private final LandingView landing = new LandingView(this::send);
    private final Answering answering = new Answering(settings, new LogView(this::answerAgain), composer);
    private final HTMLElement status = Dom.byId("status");
    private final ElsewhereButton elsewhere = new ElsewhereButton(this::ask, this::goTo);
    private List<ModelCard> models = List.of();
    private CancellationFlag loading = new CancellationFlag();
    /** What answers now; null where nothing is ready. */
    private ChatBackend backend;
    /** Where it runs; null where nothing is ready or getting ready. */
    private Place place;

    private ChatPage(ModelPlaces places) {
        this.places = places;
    }

    /** Runs the page; never returns. Call it on a coroutine. */
    public static void open(ModelPlaces places) {
        new ChatPage(places).run();
    }

    private void run() {
        ThemeButton.wire();
        Dom.onClick(Dom.byId("clear"), () -> ask(this::clear));
        composer.accept(true);
        composer.focus();
        jobs.add(this::begin);
        while (true) {
            Job job = jobs.next();
            try {
                job.run();
            } catch (RuntimeException unexpected) {
                stage.fault(
                        "Something went wrong in this page",
                        String.valueOf(unexpected.getMessage()),
                        List.of(),
                        List.of(action("Try again", this::settle)));
            }
        }
    }

    /** A job that puts an end to what is running. */
    private void ask(Job job) {
        loading.raise();
        answering.stop();
        jobs.add(job);
    }

    private StageView.Action action(String label, Job job) {
        return new StageView.Action(label, () -> ask(job));
    }

    private void begin() {
        try {
            models = places.models();
        } catch (TaskException away) {
            stage.fault(
                    "The server can't be reached",
                    away.problem(),
                    List.of(),
                    List.of(action("Try again", this::begin)));
            return;
        }
        selection.chooseDtype(link.dtype());
        selection.ask(link.findPlace().orElse(null));
        if (link.model().isEmpty() && models.isEmpty()) {
            stage.fault(
                    "This server has no models",
                    "Put a folder in the Hub's layout into its model folder, or open a model of the Hub by its id.",
                    List.of(),
                    List.of());
            return;
        }
        choose(link.model().isEmpty() ? models.get(0).id() : link.model());
    }

    private void choose(String wanted) {
        String id = fullId(wanted);
        stage.clear();
        ModelCard card;
        try {
            card = places.model(id);
        } catch (TaskException refused) {
            List<StageView.Action> actions = new ArrayList<>();
            if (!models.isEmpty()) {
                ModelCard first = models.get(0);
                actions.add(action("Use " + first.name(), () -> choose(first.id())));
            }
            actions.add(action("Try again", () -> choose(id)));
            menus.showModels(models, selection.model());
            stage.fault("The model " + id + " can't be used", refused.problem(), next(refused), actions);
            say("");
            return;
        }
        selection.choose(card);
        menus.showModels(models, card);
        settings.show(card.defaults());
        landing.show(card);
        settle();
    }

    /** A bare name stands for the server's model of that name. */
    private String fullId(String wanted) {
        for (ModelCard card : models) {
            if (card.name().equals(wanted)) {
                return card.id();
            }
        }
        return wanted;
    }

    /** Asks every place, then goes to the one that follows. */
    private void settle() {
        leave();
        say("Finding out where " + selection.model().name() + " can run …");
        for (Place each : Place.values()) {
            selection.put(places.survey(selection.model().id(), selection.spec(), each));
        }
        proceed();
    }

    /** Goes to the place that follows from what is known. */
    private void proceed() {
        Placement placement = selection.placement();
        if (placement.place().isEmpty()) {
            place = null;
            menus.showPlaces(selection, null, "");
            nowhere();
            return;
        }
        place = placement.place().get();
        menus.showPlaces(selection, place, placement.reason());
        say((link.placeFault() + " " + placement.reason()).trim());
        PlaceCard card = selection.card(place);
        if (card.downloadBytes() > ASK_BEFORE_BYTES) {
            showPlan(card);
        } else {
            load(card);
        }
    }

    private void nowhere() {
        say("");
        elsewhere.hide();
        List<StageView.Action> actions = new ArrayList<>();
        if (!selection.dtype().equals(Selection.AUTO)) {
            actions.add(action("Choose the weights automatically", () -> chooseDtype(Selection.AUTO)));
        } else if (!models.isEmpty()
                && !models.get(0).id().equals(selection.model().id())) {
            ModelCard first = models.get(0);
            actions.add(action("Use " + first.name(), () -> choose(first.id())));
        }
        actions.add(action("Try again", this::settle));
        List<String> faults = selection.faults();
        String first = faults.isEmpty() ? "No place offers it." : faults.get(0);
        List<String> rest = faults.size() < 2 ? List.of() : faults.subList(1, faults.size());
        stage.fault(selection.model().name() + " can't run as asked", first, rest, actions);
    }

    private void showPlan(PlaceCard card) {
        long bytes = card.downloadBytes();
        String size = ByteSize.text(card.plan().totalBytes());
        boolean gpu = card.place() == Place.BROWSER_GPU && !card.device().isEmpty();
        String device = gpu ? " (" + card.device() + ")" : "";
        String takes = bytes == 0
                ? ". Its " + size + " are kept here from an earlier visit."
                : ". It takes " + size + ", which this browser keeps for the next visit.";
        List<StageView.Action> actions = new ArrayList<>();
        actions.add(action(bytes == 0 ? "Load" : "Download and load " + size, () -> load(card)));
        if (card.place() != Place.SERVER && selection.isUsable(Place.SERVER)) {
            actions.add(action("Use the server instead", () -> choosePlace(Place.SERVER)));
            elsewhere.hide();
        }
        String note = selection.model().name() + " would run on " + card.place().words() + device + takes;
        stage.plan(bytes == 0 ? "The plan" : "Before anything is downloaded", note, card.plan(), actions);
    }

    private void load(PlaceCard card) {
        leave();
        elsewhere.show(selection, place, models);
        loading = new CancellationFlag();
        CancellationFlag flag = loading;
        stage.loading("Loading " + selection.model().name(), new StageView.Action("Cancel", flag::raise));
        try {
            backend = places.load(card, stage::progress, flag);
        } catch (TaskException failed) {
            if (flag.isRaised()) {
                showPlan(card);
            } else {
                failed(card.place(), selection.model().name() + " could not be loaded", failed);
            }
            return;
        }
        stage.clear();
        answer();
    }

    private void answer() {
        if (backend == null || !answering.isPending()) {
            return;
        }
        stage.clear();
        try {
            answering.answer(backend, selection.model());
        } catch (TaskException failed) {
            fault(failed);
        }
    }

    private void fault(TaskException failed) {
        switch (failed.kind()) {
            case PROMPT_TOO_LONG ->
                stage.fault(
                        "The conversation is longer than the model can read",
                        failed.problem(),
                        List.of(),
                        List.of(action("New conversation", this::clear)));
            case INVALID_REQUEST, CHAT_TEMPLATE, NO_CHAT_TEMPLATE ->
                stage.fault(
                        "The model can't be asked like this",
                        failed.problem(),
                        next(failed),
                        List.of(
                                new StageView.Action("Open the settings", settings::open),
                                action("Try again", this::again)));
            case BUSY ->
                stage.fault(
                        "The server is busy",
                        failed.problem(),
                        next(failed),
                        List.of(action("Try again", this::again)));
            case UNKNOWN_MODEL,
                    GATED_MODEL,
                    HUB_UNAVAILABLE,
                    UNSUPPORTED_MODEL,
                    PLAN,
                    LOAD,
                    RUN,
                    BACKEND_LOST,
                    CLOSED -> failed(place, answering.hasBegun() ? "The answer broke off" : "No answer came", failed);
        }
    }

    /** A place failed: the next one is offered, and the conversation stays. */
    private void failed(Place where, String title, TaskException failure) {
        leave();
        PlaceCard before = selection.card(where);
        selection.fail(where, failure.problem());
        Placement placement = selection.placement();
        List<StageView.Action> actions = new ArrayList<>();
        placement
                .place()
                .ifPresent(next -> actions.add(action("Go on with " + next.words(), () -> {
                    answering.reopen();
                    proceed();
                })));
        actions.add(action("Try " + where.words() + " again", () -> {
            selection.put(before);
            selection.ask(where);
            answering.reopen();
            proceed();
        }));
        menus.showPlaces(selection, null, "");
        say("");
        elsewhere.hide();
        stage.fault(title, failure.problem(), next(failure), actions);
    }

    private static List<String> next(TaskException failure) {
        return failure.nextStep().isEmpty() ? List.of() : List.of(failure.nextStep());
    }

    private void leave() {
        if (backend != null) {
            backend.close();
            backend = null;
        }
    }

    private void clear() {
        answering.clear();
        stage.clear();
        composer.focus();
        if (backend == null && place != null) {
            proceed();
        }
    }

    private void again() {
        answering.reopen();
        answer();
    }

    private boolean send(String text) {
        if (!answering.ask(text)) {
            return false;
        }
        jobs.add(this::answer);
        return true;
    }

    private void answerAgain() {
        if (!answering.isPending()) {
            jobs.add(this::again);
        }
    }

    private void goTo(ModelCard model, Place wanted) {
        selection.ask(wanted);
        choose(model.id());
    }

    private void choosePlace(Place wanted) {
        selection.ask(wanted);
        remember();
        settle();
    }

    private void chooseDtype(String dtype) {
        selection.chooseDtype(dtype);
        remember();
        settle();
    }

    /** Puts what the visitor chose into the address, so that a reload or a shared link begins with it. */
    private void remember() {
        String dtype = selection.dtype().equals(Selection.AUTO) ? "" : selection.dtype();
        String where = selection.asked() == null ? "" : PageLink.word(selection.asked());
        Dom.replaceQuery(new PageLink(selection.model().id(), where, dtype).query());
    }

    private void say(String words) {
        Dom.text(status, words);
    }

    /** Keys and buttons of the composer. */
    private final class Keys implements Composer.Listener {
        @Override
        public boolean send(String text) {
            return ChatPage.this.send(text);
        }

        @Override
        public void stop() {
            loading.raise();
            answering.stop();
        }
    }

    /** Choices in the menus. */
    private final class Choices implements MenusView.Listener {
        @Override
        public void chooseModel(String id) {
            ask(() -> {
                selection.chooseDtype(Selection.AUTO);
                choose(id);
                remember();
            });
        }

        @Override
        public void choosePlace(Place wanted) {
            ask(() -> ChatPage.this.choosePlace(wanted));
        }

        @Override
        public void chooseDtype(String dtype) {
            ask(() -> ChatPage.this.chooseDtype(dtype));
        }
    }
}
