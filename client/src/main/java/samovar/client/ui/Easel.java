package samovar.client.ui;

import java.util.ArrayList;
import java.util.List;
import org.teavm.jso.JSBody;
import org.teavm.jso.dom.events.Event;
import org.teavm.jso.dom.events.EventListener;
import org.teavm.jso.dom.events.MouseEvent;
import org.teavm.jso.dom.html.HTMLElement;
import org.teavm.jso.dom.html.TextRectangle;
import org.teavm.jso.dom.xml.Element;
import samovar.image.ImageSize;

/** The picture as it is shown, what an answer marks in it, and the region that the visitor draws. */
final class Easel {
    /** Told of what the visitor does in the picture. Must not await. */
    interface Listener {
        /** A region is being drawn. */
        void draw(Region region);

        /** The pointer is over a mark; -1 when it leaves. */
        void point(int mark);
    }

    private final HTMLElement zone = Dom.byId("drop");
    private final HTMLElement frame = Dom.byId("frame");
    private final HTMLElement sheet = Dom.byId("sheet");
    private final HTMLElement image = Dom.byId("picture");
    private final HTMLElement overlay = Dom.byId("marks");
    private final HTMLElement tags = Dom.byId("tags");
    private final List<Element> shapes = new ArrayList<>();
    private final List<HTMLElement> labels = new ArrayList<>();
    private List<Mark> marks = List.of();
    private final Listener listener;
    private ImageSize size = new ImageSize(1, 1);
    private Element region;
    private boolean drawsRegions;
    /** Where the visitor pressed, in pixels of the picture; negative while nothing is pressed. */
    private double pressedX = -1;

    private double pressedY;

    Easel(Listener listener) {
        this.listener = listener;
        Dom.on(sheet, "pointerdown", event -> press((MouseEvent) event));
        Dom.on(sheet, "pointermove", event -> move((MouseEvent) event));
        Dom.on(sheet, "pointerup", event -> pressedX = -1);
        Dom.on(sheet, "pointercancel", event -> pressedX = -1);
    }

    void show(Picture picture) {
        clearMarks();
        showRegion(null);
        size = picture.size();
        image.setAttribute("src", picture.url());
        image.setAttribute("alt", "The picture: " + picture.name());
        sheet.getStyle().setProperty("--ratio", String.valueOf((double) size.width() / size.height()));
        overlay.setAttribute("viewBox", "0 0 " + size.width() + " " + size.height());
        Dom.text(Dom.byId("picture-name"), picture.name() + ", " + size + " pixels");
        zone.setHidden(true);
        frame.setHidden(false);
    }

    void clearMarks() {
        for (Element shape : shapes) {
            overlay.removeChild(shape);
        }
        shapes.clear();
        labels.clear();
        Dom.empty(tags);
    }

    void showMarks(List<Mark> found) {
        clearMarks();
        marks = List.copyOf(found);
        for (int i = 0; i < marks.size(); i++) {
            Mark mark = marks.get(i);
            Element shape = Dom.svg("g");
            shape.setAttribute("class", "mark c" + mark.colour());
            for (List<Integer> polygon : mark.polygons()) {
                // A light line below a dark one is seen on any ground.
                shape.appendChild(polygon(polygon, "halo"));
                shape.appendChild(polygon(polygon, "line"));
            }
            overlay.appendChild(shape);
            shapes.add(shape);
            HTMLElement tag = tag(mark);
            tags.appendChild(tag);
            labels.add(tag);
            int index = i;
            onPointer(shape, "pointerenter", event -> listener.point(index));
            onPointer(shape, "pointerleave", event -> listener.point(-1));
        }
    }

    private static Element polygon(List<Integer> polygon, String name) {
        Element element = Dom.svg("polygon");
        element.setAttribute("points", Mark.points(polygon));
        element.setAttribute("class", name);
        return element;
    }

    /** Above the mark where there is room, else within it; from its left edge, or up to its right one where it lies to the right. */
    private HTMLElement tag(Mark mark) {
        HTMLElement tag = Dom.element("span", mark.name());
        double left = 100.0 * mark.left() / size.width();
        double top = 100.0 * mark.top() / size.height();
        tag.setClassName("tag c" + mark.colour() + (top < 8 ? " within" : ""));
        tag.getStyle().setProperty("top", bounded(top));
        if (left > 55) {
            tag.getStyle().setProperty("right", bounded(100 - 100.0 * mark.right() / size.width()));
        } else {
            tag.getStyle().setProperty("left", bounded(left));
        }
        tag.setHidden(mark.label().isEmpty());
        return tag;
    }

    private static String bounded(double percent) {
        return Math.max(0, Math.min(100, percent)) + "%";
    }

    /** @param lit which mark stands out; -1 for all alike */
    void light(int lit) {
        for (int i = 0; i < shapes.size(); i++) {
            String state = lit < 0 ? "" : i == lit ? " lit" : " dim";
            shapes.get(i).setAttribute("class", "mark c" + marks.get(i).colour() + state);
            Dom.mark(labels.get(i), "dim", lit >= 0 && i != lit);
            Dom.mark(labels.get(i), "lit", i == lit);
        }
    }

    /** Whether pressing and dragging in the picture draws a region. */
    void drawRegions(boolean now) {
        drawsRegions = now;
        Dom.mark(sheet, "draws", now);
    }

    /** @param shown null for none */
    void showRegion(Region shown) {
        if (region != null) {
            overlay.removeChild(region);
            region = null;
        }
        if (shown != null) {
            region = Dom.svg("g");
            region.setAttribute("class", "mark region");
            List<Integer> corners = List.of(
                    shown.left(),
                    shown.top(),
                    shown.right(),
                    shown.top(),
                    shown.right(),
                    shown.bottom(),
                    shown.left(),
                    shown.bottom());
            region.appendChild(polygon(corners, "halo"));
            region.appendChild(polygon(corners, "line"));
            overlay.appendChild(region);
        }
    }

    private void press(MouseEvent event) {
        if (drawsRegions && event.getButton() == MouseEvent.LEFT_BUTTON) {
            event.preventDefault();
            capture(sheet, event);
            pressedX = x(event);
            pressedY = y(event);
        }
    }

    private void move(MouseEvent event) {
        if (drawsRegions && pressedX >= 0) {
            listener.draw(Region.between(pressedX, pressedY, x(event), y(event), size));
        }
    }

    private double x(MouseEvent event) {
        TextRectangle box = sheet.getBoundingClientRect();
        double at = (double) (event.getClientX() - box.getLeft()) * size.width() / Math.max(1, box.getWidth());
        return Math.max(0, Math.min(size.width(), at));
    }

    private double y(MouseEvent event) {
        TextRectangle box = sheet.getBoundingClientRect();
        double at = (double) (event.getClientY() - box.getTop()) * size.height() / Math.max(1, box.getHeight());
        return Math.max(0, Math.min(size.height(), at));
    }

    @JSBody(
            params = {"element", "event"},
            script = "element.setPointerCapture(event.pointerId);")
    private static native void capture(HTMLElement element, Event event);

    @JSBody(
            params = {"element", "type", "listener"},
            script = "element.addEventListener(type, listener);")
    private static native void onPointer(Element element, String type, EventListener<Event> listener);
}
