package samovar.client.ui;

import java.util.EnumMap;
import java.util.Map;
import org.teavm.jso.dom.html.HTMLElement;
import org.teavm.jso.dom.html.HTMLInputElement;
import org.teavm.jso.dom.html.HTMLTextAreaElement;
import samovar.generate.GenerationSettings;

/** The drawer with the system prompt and the sampling fields. What is typed holds from the next answer on. */
final class SettingsView {
    private final HTMLElement drawer = Dom.byId("settings");
    private final HTMLTextAreaElement system = (HTMLTextAreaElement) Dom.byId("system");
    private final SamplingForm form = new SamplingForm();
    private final Map<SamplingField, HTMLElement> fields = new EnumMap<>(SamplingField.class);
    private GenerationSettings model = GenerationSettings.none();

    SettingsView() {
        HTMLElement list = Dom.byId("sampling");
        for (SamplingField field : SamplingField.values()) {
            HTMLElement row = build(field);
            fields.put(field, row);
            list.appendChild(row);
        }
        Dom.onClick(Dom.byId("settings-button"), this::open);
        Dom.onClick(Dom.byId("reset"), this::reset);
        Dom.on(drawer, "click", event -> {
            if (event.getTarget() == drawer) {
                Dom.close(drawer);
            }
        });
    }

    private HTMLElement build(SamplingField field) {
        HTMLElement row = Dom.copyOf("field");
        Dom.text(row, ".name", field.title());
        Dom.text(row, ".hint", field.hint());
        HTMLInputElement input = input(row);
        input.setId("set-" + field.label());
        input.setName(field.label());
        input.setAttribute("step", field.step());
        Dom.on(input, "input", event -> {
            form.set(field, input.getValue());
            check(field, row);
        });
        return row;
    }

    private void check(SamplingField field, HTMLElement row) {
        String problem = form.problem(field);
        input(row).setAttribute("aria-invalid", String.valueOf(!problem.isEmpty()));
        Dom.text(row, ".problem", problem);
    }

    private static HTMLInputElement input(HTMLElement row) {
        return (HTMLInputElement) Dom.part(row, "input");
    }

    void open() {
        Dom.showModal(drawer);
    }

    private void reset() {
        system.setValue("");
        form.clear();
        fields.forEach((field, row) -> {
            input(row).setValue("");
            check(field, row);
        });
    }

    /** Shows what holds for a model behind the empty fields. */
    void show(GenerationSettings own) {
        model = own;
        GenerationSettings defaults = SamplingForm.defaults(own);
        fields.forEach((field, row) -> input(row).setPlaceholder(field.text(defaults)));
    }

    String systemPrompt() {
        return system.getValue();
    }

    GenerationSettings settings() {
        return form.settings(model, Dom.freshSeed());
    }
}
