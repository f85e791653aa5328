package samovar.client.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.dtype.ByteSize;

/** What places say of a model that is being looked at. */
final class SheetWords {
    private SheetWords() {}

    /** What each place would use, or why it can't: {@code This browser's CPU: q8, 3.2 MB.} */
    static List<String> places(List<PlaceCard> cards) {
        List<String> lines = new ArrayList<>();
        for (PlaceCard card : cards) {
            String remark = card.offer().remark();
            String size = card.isUsable()
                    ? MenusView.title(card.place()) + ": " + MenusView.dtypesOf(card) + ", "
                            + ByteSize.text(card.plan().totalBytes()) + ". "
                    : "";
            lines.add((size + remark).trim());
        }
        return lines;
    }

    /** Whether any place would run a module in a dtype. */
    static boolean runs(List<PlaceCard> cards, String module, String dtype) {
        for (PlaceCard card : cards) {
            for (ModuleChoices choices : card.modules()) {
                if (choices.module().equals(module) && choices.runs(dtype)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What stands against dtypes, each reason once: {@code This browser's GPU, fp16, q4f16: Needs …} */
    static List<String> obstacles(List<PlaceCard> cards) {
        List<String> lines = new ArrayList<>();
        for (PlaceCard card : cards) {
            Map<String, String> dtypes = new LinkedHashMap<>();
            for (ModuleChoices module : card.modules()) {
                for (DtypeChoice choice : module.choices()) {
                    String before = dtypes.getOrDefault(choice.reason(), "");
                    String label = ", " + choice.dtype().label();
                    if (!choice.runs() && !(before + ",").contains(label + ",")) {
                        dtypes.put(choice.reason(), before + label);
                    }
                }
            }
            for (Map.Entry<String, String> reason : dtypes.entrySet()) {
                lines.add(MenusView.title(card.place()) + reason.getValue() + ": " + reason.getKey());
            }
        }
        return lines;
    }
}
