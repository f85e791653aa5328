package samovar.client.ui;

import java.util.List;
import org.teavm.jso.browser.Window;
import org.teavm.jso.core.JSPromise;
import org.teavm.jso.dom.events.KeyboardEvent;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.dom.html.HTMLElement;
import org.teavm.jso.file.Blob;
import samovar.dtype.ByteSize;
import samovar.dtype.Place;
import samovar.generate.GenerationEvent;
import samovar.generate.GenerationException;
import samovar.generate.GenerationSettings;
import samovar.image.ImageException;
import samovar.platform.CancellationFlag;
import samovar.task.CaptionAnswer;
import samovar.task.CaptionBackend;
import samovar.task.CaptionRequest;
import samovar.task.Florence2Task;
import samovar.task.TaskException;

/** The page that says what is in a picture: it keeps picture and task whatever becomes of the place where the model runs. */
public final class PicturesPage {
    /** More than any answer takes; a model's own limit may be lower. */
    private static final int MAX_NEW_TOKENS = 1024;

    private final ModelPlaces places;
    private final PlaceFinder finder;
    private final PictureInput input;
    private final Easel easel;
    private final TaskForm form;
    private final ResultView result;
    private final HTMLElement privacy = Dom.byId("privacy");
    private final HTMLElement offer = Dom.byId("offer");
    private ModelCard offered;
    /** What answers now; null where nothing is ready. */
    private CaptionBackend backend;

    private Picture picture;
    private CancellationFlag running = new CancellationFlag();
    /** Whether a question waits for its answer, or is getting it. */
    private boolean pending;

    private PicturesPage(ModelPlaces places) {
        this.places = places;
        this.finder = new PlaceFinder(places, new Wishes());
        this.input = new PictureInput(new Arrivals());
        this.easel = new Easel(new Drawing());
        this.result = new ResultView(this::point);
        this.form = new TaskForm(new Asking());
    }

    /** Runs the page; never returns. Call it on a coroutine. */
    public static void open(ModelPlaces places) {
        new PicturesPage(places).run();
    }

    private void run() {
        Window.current().getDocument().addEventListener("keydown", event -> {
            if ("Escape".equals(((KeyboardEvent) event).getKey()) && !Dom.somethingLiesOver()) {
                stop();
            }
        });
        Dom.onClick(offer, () -> finder.ask(this::takeOffer));
        finder.run();
    }

    /** A larger model that the Hub has. Asking for it may take long, and nothing waits for it. */
    private void offer(ModelCard card) {
        offered = card;
        String size = card.sizeBytes() > 0 ? ", " + ByteSize.text(card.sizeBytes()) : "";
        Dom.text(offer, "Use " + card.name() + " from the Hub (photographs, objects, text" + size + ")");
        finder.offer(card);
        offer.setHidden(finder.model() != null && finder.model().id().equals(card.id()));
    }

    private void takeOffer() {
        finder.chooseModel(offered.id());
    }

    private void stop() {
        running.raise();
    }

    private void point(int mark) {
        easel.light(mark);
        result.light(mark);
    }

    /** Shows a new picture, and asks the task of it at once where nothing more is needed. */
    private void take(Blob file, String name) {
        Picture taken;
        try {
            taken = PictureFile.read(file, name);
        } catch (ImageException refused) {
            finder.stage().fault(title(refused.kind()), refused.getMessage(), List.of(), List.of());
            return;
        }
        finder.stage().clearFault();
        if (picture != null) {
            PictureFile.release(picture);
        }
        picture = taken;
        result.clear();
        easel.show(taken);
        form.pictureHas(taken.size());
        if (form.isComplete() && !form.task().wantsInput()) {
            ask();
        }
    }

    private static String title(ImageException.Kind kind) {
        return switch (kind) {
            case UNREADABLE -> "This file can't be read";
            case UNSUPPORTED_FORMAT -> "This is no picture that can be read here";
            case TOO_LARGE -> "This picture is too large";
            case UNREACHABLE -> "This picture can't be reached";
        };
    }

    private void ask() {
        pending = true;
        answer();
    }

    private void answer() {
        Florence2Task task = form.task();
        if (!pending || !form.isComplete() || picture == null) {
            return;
        }
        easel.clearMarks();
        if (backend == null) {
            result.clear();
            return;
        }
        result.begin(task.title());
        finder.stage().clear();
        running = new CancellationFlag();
        form.running(true);
        try {
            GenerationSettings settings = GenerationSettings.builder()
                    .maxNewTokens(MAX_NEW_TOKENS)
                    .numBeams(form.numBeams())
                    .build();
            CaptionAnswer answer = backend.caption(
                    new CaptionRequest(finder.model().id(), picture.file(), task.token(), form.input(), settings),
                    this::grow,
                    running);
            result.show(answer);
            easel.showMarks(Mark.of(answer.result()));
        } catch (ImageException refused) {
            result.breakOff();
            finder.stage().fault(title(refused.kind()), refused.getMessage(), List.of(), List.of());
        } catch (GenerationException refused) {
            result.breakOff();
            fault(new TaskException(TaskException.Kind.INVALID_REQUEST, refused.getMessage(), "", refused));
        } catch (TaskException failed) {
            result.breakOff();
            fault(failed);
        } finally {
            pending = false;
            form.running(false);
        }
    }

    private void grow(GenerationEvent event) {
        if (event instanceof GenerationEvent.Delta delta) {
            result.grow(delta.text());
        }
    }

    private void fault(TaskException failed) {
        List<String> next = PlaceFinder.next(failed);
        StageView.Action again = finder.action("Try again", this::ask);
        switch (failed.kind()) {
            case PROMPT_TOO_LONG, INVALID_REQUEST, CHAT_TEMPLATE, NO_CHAT_TEMPLATE ->
                finder.stage().fault("The model can't be asked like this", failed.problem(), next, List.of());
            case BUSY -> finder.stage().fault("The server is busy", failed.problem(), next, List.of(again));
            case UNKNOWN_MODEL,
                    GATED_MODEL,
                    HUB_UNAVAILABLE,
                    UNSUPPORTED_MODEL,
                    PLAN,
                    LOAD,
                    RUN,
                    BACKEND_LOST,
                    CLOSED -> finder.failed("No answer came", failed);
        }
    }

    /** What comes in. */
    private final class Arrivals implements PictureInput.Listener {
        @Override
        public void take(Blob file, String name) {
            stop();
            finder.add(() -> PicturesPage.this.take(file, name));
        }

        @Override
        public void takeDrawing(int index) {
            stop();
            finder.add(() -> {
                HTMLCanvasElement drawing = Drawings.draw(index);
                PicturesPage.this.take(Drawings.file(drawing).await(), Drawings.name(index));
            });
        }

        @Override
        public void refuseDrop() {
            finder.stage()
                    .fault(
                            "That was no file",
                            "A link or a piece of text was dropped, and this page fetches nothing from other sites.",
                            List.of("Save the picture first and drop the file, or copy the picture and paste it here."),
                            List.of());
        }
    }

    /** What is done in the picture. */
    private final class Drawing implements Easel.Listener {
        @Override
        public void draw(Region region) {
            form.setRegion(region);
        }

        @Override
        public void point(int mark) {
            PicturesPage.this.point(mark);
        }
    }

    /** What is done in the form. */
    private final class Asking implements TaskForm.Listener {
        @Override
        public void run() {
            stop();
            finder.add(PicturesPage.this::ask);
        }

        @Override
        public void stop() {
            PicturesPage.this.stop();
        }

        @Override
        public void showRegion(Region region) {
            easel.drawRegions(region != null);
            easel.showRegion(region);
        }
    }

    /** What the way to a model asks of this page. */
    private final class Wishes implements ModelPage {
        @Override
        public ModelSheet.Kind kind() {
            return ModelSheet.Kind.PICTURES;
        }

        @Override
        public List<ModelCard> models() {
            List<ModelCard> models = places.pictureModels();
            JSPromise.callAsync(() -> {
                places.pictureOffer().ifPresent(PicturesPage.this::offer);
                return null;
            });
            return models;
        }

        @Override
        public ModelCard model(String id) {
            return places.pictureModel(id);
        }

        /** The one that needs nothing, where it is there: the first answer shall not wait for a download. */
        @Override
        public ModelCard first(List<ModelCard> models) {
            for (ModelCard card : models) {
                if (Starters.startsAnywhere(card)) {
                    return card;
                }
            }
            return models.get(0);
        }

        @Override
        public void chosen(ModelCard model) {
            Dom.text(Dom.byId("landing-line"), Starters.of(model).line());
            offer.setHidden(offered == null || offered.id().equals(model.id()));
            form.show(model);
            input.showDrawings(model.name().equals(Starters.SHAPES));
        }

        @Override
        public void goesTo(Place place) {
            Dom.text(privacy, words(place));
        }

        private String words(Place place) {
            if (place == null) {
                return "Pictures stay in this browser.";
            }
            return switch (place) {
                case BROWSER_GPU, BROWSER_CPU -> "Pictures stay in this browser.";
                case SERVER -> "Pictures are sent to this page's server, which writes them nowhere.";
            };
        }

        @Override
        public void load(PlaceCard card, LoadListener listener, CancellationFlag cancelled) {
            backend = places.loadCaptions(card, listener, cancelled);
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
            pending = picture != null;
        }

        @Override
        public void stop() {
            PicturesPage.this.stop();
        }
    }
}
