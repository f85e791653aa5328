package samovar.client.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.teavm.jso.dom.html.HTMLElement;
import samovar.dtype.ByteSize;
import samovar.dtype.DtypeSpec;
import samovar.dtype.Place;
import samovar.dtype.Placement;
import samovar.platform.CancellationFlag;
import samovar.task.TaskException;

/**
 * The way to a model that is ready: what both pages do alike. It asks all places what they offer for the chosen model, goes to the one
 * that {@link samovar.dtype.PlacementRule} or the visitor picks, shows the plan, loads, and offers the next place where one fails.
 *
 * <p>All that awaits happens in {@link #run}, one job after the other. What the visitor clicks meanwhile raises a flag and adds a job.
 */
final class PlaceFinder {
    /** A browser fetches more than this only after a click. */
    private static final long ASK_BEFORE_BYTES = 50_000_000;

    private final ModelPlaces places;
    private final ModelPage page;
    private final PageLink link = PageLink.here();
    private final Selection selection = new Selection();
    private final Jobs jobs = new Jobs();
    private final Choices choices = new Choices();
    private final PlanRows rows = new PlanRows(choices);
    private final MenusView menus = new MenusView(choices, rows);
    private final StageView stage = new StageView();
    private final StoredView storedView;
    private final HTMLElement status = Dom.byId("status");
    private final ElsewhereButton elsewhere = new ElsewhereButton(this::ask, this::goTo);
    private final ModelOpener opener;
    private final WithoutServer withoutServer;
    private List<ModelCard> models = List.of();
    private CancellationFlag loading = new CancellationFlag();
    private Stored stored = new Stored(true, 0, List.of());
    /** Where it runs; null where nothing is ready or getting ready. */
    private Place place;

    PlaceFinder(ModelPlaces places, ModelPage page) {
        this.places = places;
        this.page = page;
        this.opener = new ModelOpener(places, this, page.kind());
        this.withoutServer = new WithoutServer(places, this);
        storedView = new StoredView(keys -> jobs.add(() -> {
            places.deleteStored(keys);
            surveyAgain();
        }));
        // Asked for as the menu opens, and told as soon as nothing else is under way.
        Dom.onClick(Dom.byId("model-button"), () -> jobs.add(this::showStored));
    }

    private void showStored() {
        stored = places.stored();
        storedView.show(stored);
    }

    /** What is kept here has changed; what runs goes on. */
    private void surveyAgain() {
        showStored();
        if (selection.model() != null) {
            survey();
            menus.showPlaces(selection, place, "");
        }
    }

    StageView stage() {
        return stage;
    }

    List<ModelCard> models() {
        return models;
    }

    ModelCard model() {
        return selection.model();
    }

    Place place() {
        return place;
    }

    /** Does the page's jobs from its first to its last; never returns. Call it on a coroutine. */
    void run() {
        ThemeButton.wire();
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

    /** A job for later. Never awaits. */
    void add(Job job) {
        jobs.add(job);
    }

    /** A job that puts an end to what is running. Never awaits. */
    void ask(Job job) {
        stop();
        jobs.add(job);
    }

    /** Ends a load or an answer, soon. Never awaits. */
    void stop() {
        loading.raise();
        page.stop();
    }

    StageView.Action action(String label, Job job) {
        return new StageView.Action(label, () -> ask(job));
    }

    private void begin() {
        showStored();
        try {
            models = page.models();
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
        choose(link.model().isEmpty() ? page.first(models).id() : link.model());
    }

    private void choose(String wanted) {
        choose(wanted, false);
    }

    /** @param remembered whether the address shall tell it, which it need not of what the page began with */
    private void choose(String wanted, boolean remembered) {
        stage.clear();
        ModelCard card;
        try {
            card = page.model(ModelOpener.fullId(wanted, models));
        } catch (TaskException refused) {
            if (refused.kind() == TaskException.Kind.UNSUPPORTED_MODEL) {
                opener.open(wanted);
            } else if (serverIsAway()) {
                menus.showModels(models, selection.model());
                withoutServer.show(wanted, stored, () -> choose(wanted, remembered));
            } else {
                menus.showModels(models, selection.model());
                opener.refuse(wanted, refused, () -> choose(wanted, remembered));
            }
            Dom.text(Dom.byId("landing-line"), "");
            say("");
            return;
        }
        selection.choose(card);
        if (remembered) {
            remember();
        }
        menus.showModels(models, card);
        page.chosen(card);
        settle();
    }

    /** To the model to begin with; empty where there is none. */
    Optional<StageView.Action> useFirst() {
        if (models.isEmpty()) {
            return Optional.empty();
        }
        ModelCard first = page.first(models);
        return Optional.of(action("Use " + first.name(), () -> choose(first.id())));
    }

    /** One more model to choose from, before the others. */
    void offer(ModelCard more) {
        List<ModelCard> all = new ArrayList<>(models);
        all.add(0, more);
        models = all;
        menus.showModels(models, selection.model());
    }

    /** Asks every place, then goes to the one that follows. */
    private void settle() {
        page.leave();
        say("Finding out where " + selection.model().name() + " can run …");
        survey();
        proceed();
    }

    private void survey() {
        for (Place each : Place.values()) {
            selection.put(places.survey(selection.model().id(), selection.spec(), each));
        }
    }

    /** Goes to the place that follows from what is known. */
    private void proceed() {
        Placement placement = selection.placement();
        Optional<DtypeSpec> nearest = selection.nearest();
        if (placement.place().isEmpty() || nearest.isPresent()) {
            goNowhere();
            if (nearest.isPresent()) {
                refused(selection.card(selection.asked()), nearest.get());
            } else {
                nowhere();
            }
            return;
        }
        if (selection.card(placement.place().get()).downloadBytes() > 0 && places.serverIsAway()) {
            goNowhere();
            withoutServer.show(selection.model().name(), stored, this::settle);
            return;
        }
        setPlace(placement.place().get());
        menus.showPlaces(selection, place, placement.reason());
        say((link.placeFault() + " " + placement.reason()).trim());
        PlaceCard card = selection.card(place);
        if (card.downloadBytes() > ASK_BEFORE_BYTES) {
            showPlan(card);
        } else {
            load(card);
        }
    }

    private boolean serverIsAway() {
        if (!models.isEmpty()) {
            places.survey(page.first(models).id(), DtypeSpec.AUTO, Place.SERVER);
        }
        return places.serverIsAway();
    }

    private void goNowhere() {
        setPlace(null);
        menus.showPlaces(selection, null, "");
        say("");
        elsewhere.hide();
    }

    private void setPlace(Place now) {
        place = now;
        page.goesTo(now);
    }

    private void nowhere() {
        List<StageView.Action> actions = new ArrayList<>();
        if (!selection.dtype().equals(Selection.AUTO)) {
            actions.add(action("Choose the weights automatically", () -> chooseDtype(Selection.AUTO)));
        } else if (!models.isEmpty()
                && !page.first(models).id().equals(selection.model().id())) {
            useFirst().ifPresent(actions::add);
        }
        actions.add(action("Try again", this::settle));
        List<String> faults = selection.faults();
        String first = faults.isEmpty() ? "No place offers it." : faults.get(0);
        List<String> rest = faults.size() < 2 ? List.of() : faults.subList(1, faults.size());
        stage.fault(selection.model().name() + " can't run as asked", first, rest, actions);
    }

    /** The visitor wants a place and weights that don't go together: the nearest weights that do, and the places where these do. */
    private void refused(PlaceCard asked, DtypeSpec nearest) {
        List<StageView.Action> actions = new ArrayList<>();
        PlaceCard there = places.survey(selection.model().id(), nearest, asked.place());
        if (there.isUsable()) {
            String changes = PlanChanges.words(selection.spec(), there.plan());
            String words = changes.isEmpty() ? "Use what runs here" : "Use " + changes + " here";
            String size = " (" + ByteSize.text(there.plan().totalBytes()) + " in all)";
            actions.add(action(words + size, () -> chooseDtype(DtypeText.write(nearest))));
        }
        if (selection.isUsable(Place.SERVER)) {
            actions.add(action("Run these weights on the server", () -> choosePlace(Place.SERVER)));
        }
        actions.add(action("Choose the weights automatically", () -> chooseDtype(Selection.AUTO)));
        String where = MenusView.title(asked.place());
        String device = asked.device().isEmpty() ? "" : " (" + asked.device() + ")";
        stage.fault(
                where + " can't run these weights",
                where + device + " was asked for, and nothing was fetched.",
                asked.faults(),
                actions);
    }

    private void showPlan(PlaceCard card) {
        long bytes = card.downloadBytes();
        String size = ByteSize.text(card.plan().totalBytes());
        boolean gpu = card.place() == Place.BROWSER_GPU && !card.device().isEmpty();
        String device = gpu ? " (" + card.device() + ")" : "";
        String takes = bytes == 0
                ? ". Its " + size + " are kept here from an earlier visit."
                : ". It takes " + size
                        + (stored.keeps()
                                ? ", which this browser keeps for the next visit."
                                : ". This browser keeps nothing for the next visit: the window is private, or the address is not secure.");
        List<StageView.Action> actions = new ArrayList<>();
        actions.add(action(bytes == 0 ? "Load" : "Download and load " + size, () -> load(card)));
        if (card.place() != Place.SERVER && selection.isUsable(Place.SERVER)) {
            actions.add(action("Use the server instead", () -> choosePlace(Place.SERVER)));
            elsewhere.hide();
        }
        String note = selection.model().name() + " would run on " + card.place().words() + device + takes;
        String title = bytes == 0 ? "The plan" : "Before anything is downloaded";
        HTMLElement shown = stage.plan(title, note, card.plan().warnings(), actions);
        rows.show(Dom.part(shown, "tbody"), card, selection.spec());
    }

    private void load(PlaceCard card) {
        page.leave();
        elsewhere.show(selection, place, models);
        loading = new CancellationFlag();
        CancellationFlag flag = loading;
        stage.loading("Loading " + selection.model().name(), new StageView.Action("Cancel", flag::raise));
        try {
            page.load(card, stage::progress, flag);
        } catch (TaskException failed) {
            if (flag.isRaised()) {
                showPlan(card);
            } else {
                failed(selection.model().name() + " could not be loaded", failed);
            }
            return;
        }
        stage.clear();
        showStored();
        page.work();
    }

    /** The place failed: the next one is offered, and what was asked stays. */
    void failed(String title, TaskException failure) {
        page.leave();
        Place where = place;
        PlaceCard before = selection.card(where);
        selection.fail(where, failure.problem());
        Placement placement = selection.placement();
        List<StageView.Action> actions = new ArrayList<>();
        placement
                .place()
                .ifPresent(next -> actions.add(action("Go on with " + next.words(), () -> {
                    page.reopen();
                    proceed();
                })));
        actions.add(action("Try " + where.words() + " again", () -> {
            selection.put(before);
            selection.ask(where);
            page.reopen();
            proceed();
        }));
        menus.showPlaces(selection, null, "");
        say("");
        elsewhere.hide();
        stage.fault(title, failure.problem(), next(failure), actions);
    }

    /** What to try, as a list of one or none. */
    static List<String> next(TaskException failure) {
        return failure.nextStep().isEmpty() ? List.of() : List.of(failure.nextStep());
    }

    /** Takes the way again where it was left, if it was. */
    void resume() {
        stage.clear();
        if (!page.isReady() && place != null) {
            proceed();
        }
    }

    private void goTo(ModelCard model, Place wanted) {
        selection.ask(wanted);
        choose(model.id(), true);
    }

    /** Goes on in this browser with a model that it keeps, in the dtype in which it does. */
    void useKept(ModelCard model, String dtype) {
        selection.chooseDtype(dtype);
        goTo(model, Place.BROWSER_CPU);
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

    /** Goes on with another model. */
    void chooseModel(String id) {
        selection.chooseDtype(Selection.AUTO);
        choose(id, true);
    }

    /** Choices in the menus. */
    private final class Choices implements MenusView.Listener, PlanRows.Listener {
        @Override
        public void chooseModel(String id) {
            ask(() -> PlaceFinder.this.chooseModel(id));
        }

        @Override
        public void open(String typed) {
            ask(() -> opener.open(typed));
        }

        @Override
        public void choosePlace(Place wanted) {
            ask(() -> PlaceFinder.this.choosePlace(wanted));
        }

        @Override
        public void chooseDtype(String dtype) {
            ask(() -> PlaceFinder.this.chooseDtype(dtype));
        }

        @Override
        public void chooseDtype(String module, String dtype) {
            DtypeSpec spec = selection.withModule(module, dtype);
            ask(() -> PlaceFinder.this.chooseDtype(DtypeText.write(spec)));
        }
    }
}
