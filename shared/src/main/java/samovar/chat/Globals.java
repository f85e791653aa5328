package samovar.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions a template finds without being given them: jinja2's and transformers'. lipsum is not among them. */
final class Globals {
    private Globals() {}

    /** @param moment what strftime_now answers with; null leaves the function undefined */
    static Map<String, Object> of(TemplateMoment moment) {
        Map<String, Object> functions = new LinkedHashMap<>();
        for (Map.Entry<String, Native> entry : Map.<String, Native>of(
                        "range", Globals::range,
                        "dict", Globals::dict,
                        "namespace", (r, self, a) -> new Namespace(dict(r, self, a)),
                        "joiner", (r, self, a) -> new Joiner(Arguments.or(a.bind("joiner", "sep")[0], ", ")),
                        "cycler", Globals::cycler,
                        "raise_exception", Globals::raise)
                .entrySet()) {
            functions.put(entry.getKey(), BoundNative.function(entry.getKey(), entry.getValue()));
        }
        if (moment != null) {
            functions.put("strftime_now", BoundNative.function("strftime_now", Globals::strftimeNow));
        }
        return functions;
    }

    /** The named arguments as a dict. */
    static Map<Object, Object> named(Arguments arguments) {
        Map<Object, Object> dict = new LinkedHashMap<>();
        for (int i = 0; i < arguments.names().size(); i++) {
            dict.put(arguments.names().get(i), arguments.named().get(i));
        }
        return dict;
    }

    private static Object range(Rendering r, Object self, Arguments arguments) {
        int count = arguments.count();
        if (count == 0 || count > 3 || !arguments.names().isEmpty()) {
            throw ChatTemplateException.typeError(
                    count == 0
                            ? "range expected at least 1 argument, got 0"
                            : "range expected at most 3 arguments, got " + count);
        }
        long first = StringMethods.integer(arguments.get(0));
        if (count == 1) {
            return PyRange.of(0, first, 1);
        }
        long step = count == 3 ? StringMethods.integer(arguments.get(2)) : 1;
        return PyRange.of(first, StringMethods.integer(arguments.get(1)), step);
    }

    private static Map<Object, Object> dict(Rendering r, Object self, Arguments arguments) {
        if (arguments.count() > 1) {
            throw ChatTemplateException.typeError("dict expected at most 1 argument, got " + arguments.count());
        }
        Map<Object, Object> dict = new LinkedHashMap<>();
        if (arguments.count() == 1) {
            Object source = arguments.get(0);
            if (source instanceof Map<?, ?> entries) {
                r.charge(entries.size());
                dict.putAll(entries);
            } else {
                addPairs(r, dict, source);
            }
        }
        dict.putAll(named(arguments));
        return dict;
    }

    private static void addPairs(Rendering r, Map<Object, Object> dict, Object source) {
        int index = 0;
        for (Object pair : Iterables.list(r, source)) {
            if (!Iterables.isIterable(pair)) {
                throw ChatTemplateException.typeError(
                        "cannot convert dictionary update sequence element #" + index + " to a sequence");
            }
            List<?> both = Iterables.sequence(pair);
            if (both.size() != 2) {
                throw ChatTemplateException.valueError("dictionary update sequence element #" + index + " has length "
                        + both.size() + "; 2 is required");
            }
            Dicts.put(dict, both.get(0), both.get(1));
            index++;
        }
    }

    private static Object cycler(Rendering r, Object self, Arguments arguments) {
        if (arguments.count() == 0) {
            throw ChatTemplateException.runtime("RuntimeError", "at least one item has to be provided");
        }
        return new Cycler(arguments.values());
    }

    private static Object raise(Rendering r, Object self, Arguments arguments) {
        Object message = arguments.require(1, "raise_exception", "message")[0];
        throw ChatTemplateException.of(ChatTemplateException.Kind.RAISED, "TemplateError", r.text(message));
    }

    private static Object strftimeNow(Rendering r, Object self, Arguments arguments) {
        Object format = arguments.require(1, "strftime_now", "format")[0];
        if (!(format instanceof String text)) {
            throw ChatTemplateException.typeError("strftime() argument 1 must be str, not " + Types.name(format));
        }
        r.chargeText(text.length() * 8.0);
        return Strftime.format(r.moment(), text);
    }

    /** Nothing the first time it is called, its separator after. */
    private static final class Joiner implements Callable {
        private final Object separator;
        private boolean used;

        Joiner(Object separator) {
            this.separator = separator;
        }

        @Override
        public Object call(Rendering r, Arguments arguments) {
            Object result = used ? separator : "";
            used = true;
            return result;
        }

        @Override
        public Object attribute(String name) {
            return name.equals("sep") ? separator : name.equals("used") ? used : Scope.MISSING;
        }

        @Override
        public String type() {
            return "Joiner";
        }

        @Override
        public String printed() {
            return "<jinja2.utils.Joiner object>";
        }
    }

    /** Its items in turn. It is callable only in that its methods are found as those of other callables are. */
    private static final class Cycler implements Callable {
        private final List<Object> items;
        private int position;

        Cycler(List<Object> items) {
            this.items = items;
        }

        @Override
        public Object call(Rendering r, Arguments arguments) {
            throw ChatTemplateException.typeError("'Cycler' object is not callable");
        }

        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "current" -> items.get(position);
                case "items" -> PyTuple.copyOf(items);
                case "pos" -> (long) position;
                case "next" -> BoundNative.method("next", this, (r, self, a) -> next());
                case "reset" -> BoundNative.method("reset", this, (r, self, a) -> reset());
                default -> Scope.MISSING;
            };
        }

        private Object next() {
            Object current = items.get(position);
            position = (position + 1) % items.size();
            return current;
        }

        private Object reset() {
            position = 0;
            return null;
        }

        @Override
        public String type() {
            return "Cycler";
        }

        @Override
        public String printed() {
            return "<jinja2.utils.Cycler object>";
        }
    }
}
