package samovar.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import samovar.onnx.ProtoMessage.Field;

/**
 * The graph of a model file, to be looked up in and edited. Every field keeps its place; nodes are replaced where they stand. Not
 * thread-safe. Numbers of fields are those of onnx.proto.
 */
final class Graph {
    private static final int MODEL_GRAPH = 7;
    private static final int MODEL_OPSET = 8;
    private static final int OPSET_DOMAIN = 1;
    private static final int OPSET_VERSION = 2;
    private static final int NODE = 1;
    private static final int INITIALIZER = 5;
    private static final int INPUT = 11;
    private static final int OUTPUT = 12;
    private static final int VALUE_INFO = 13;
    private static final int VALUE_NAME = 1;

    /** A field of the graph in its place; nodes may be added to, or taken from, the place of a node. */
    private static final class Place {
        private final Field field;
        private ProtoWriter rewritten;
        private final List<Node> nodes = new ArrayList<>();
        private final boolean ofNodes;

        Place(Field field, boolean ofNodes) {
            this.field = field;
            this.ofNodes = ofNodes;
        }
    }

    /** What an operator makes, or reads. */
    private static final class Value {
        private Place maker;
        private int readers;
    }

    private final ProtoMessage model;
    private final List<Place> places = new ArrayList<>();
    private final Map<String, Initializer> initializers = new HashMap<>();
    private final Map<String, Value> values = new HashMap<>();
    private final Set<String> inputs = new LinkedHashSet<>();
    private final Set<String> outputs = new HashSet<>();
    private final List<Initializer> added = new ArrayList<>();
    private boolean edited;

    /** @throws OnnxException if the bytes are no model, or its graph has graphs inside */
    Graph(byte[] bytes) {
        model = ProtoMessage.parse(bytes);
        List<Field> graphs = model.of(MODEL_GRAPH);
        if (graphs.size() != 1) {
            throw new OnnxException("the model", "expected one graph, found " + graphs.size());
        }
        for (Field field : graphs.get(0).message().all()) {
            read(field);
        }
    }

    private void read(Field field) {
        Place place = new Place(field, field.is(NODE));
        places.add(place);
        if (field.is(NODE)) {
            Node node = new Node(field.message());
            if (node.hasGraph() || node.outputs().isEmpty()) {
                throw new OnnxException("the node " + node.op(), "graphs inside graphs are not edited");
            }
            enter(place, 0, node);
        } else if (field.is(INITIALIZER)) {
            Initializer initializer = new Initializer(field.message());
            initializers.put(initializer.name(), initializer);
        } else if (field.is(INPUT)) {
            inputs.add(field.message().text(VALUE_NAME));
        } else if (field.is(OUTPUT)) {
            outputs.add(field.message().text(VALUE_NAME));
        }
    }

    private Value value(String name) {
        Value value = values.get(name);
        if (value == null) {
            value = new Value();
            values.put(name, value);
        }
        return value;
    }

    private void enter(Place place, int at, Node node) {
        place.nodes.add(at, node);
        ProtoMessage constant = node.is("Constant") ? node.tensor("value") : null;
        if (constant != null) {
            initializers.put(node.output(), new Initializer(constant));
        }
        for (String output : node.outputs()) {
            value(output).maker = place;
        }
        for (String input : node.inputs()) {
            value(input).readers++;
        }
    }

    /** All operators in their order; a copy. */
    List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        for (Place place : places) {
            nodes.addAll(place.nodes);
        }
        return nodes;
    }

    boolean isInput(String value) {
        return inputs.contains(value) && !initializers.containsKey(value);
    }

    boolean isOutput(String value) {
        return outputs.contains(value);
    }

    /** In the file's order. */
    Set<String> inputs() {
        return inputs;
    }

    /** A constant of the file; null where the value is none. */
    Initializer constant(String value) {
        return initializers.get(value);
    }

    /** How many inputs of operators the value is. */
    int readers(String value) {
        return value(value).readers;
    }

    /** The operator that makes a value; null where none does. */
    Node maker(String value) {
        Place place = value(value).maker;
        if (place != null) {
            for (Node node : place.nodes) {
                if (node.outputs().contains(value)) {
                    return node;
                }
            }
        }
        return null;
    }

    /** The one operator that reads a value; null where several do, or none. */
    Node reader(String value) {
        if (readers(value) == 1) {
            for (Place place : places) {
                for (Node node : place.nodes) {
                    if (node.inputs().contains(value)) {
                        return node;
                    }
                }
            }
        }
        return null;
    }

    /** The declaration of an output of the graph; null where there is none of this name. */
    ProtoMessage outputValue(String name) {
        return declaration(OUTPUT, name);
    }

    /** The declaration of an input of the graph; null where there is none of this name. */
    ProtoMessage inputValue(String name) {
        return declaration(INPUT, name);
    }

    private ProtoMessage declaration(int kind, String name) {
        for (Place place : places) {
            ProtoMessage value = place.field.is(kind) ? place.field.message() : null;
            if (value != null && value.text(VALUE_NAME).equals(name)) {
                return value;
            }
        }
        return null;
    }

    void declareOutput(String name, ProtoWriter declaration) {
        for (Place place : places) {
            if (place.field.is(OUTPUT) && place.field.message().text(VALUE_NAME).equals(name)) {
                place.rewritten = declaration;
            }
        }
        edited = true;
    }

    /** Puts operators in the place of one, in this order. */
    void replace(Node old, List<Node> news) {
        Place place = value(old.output()).maker;
        int at = place.nodes.indexOf(old);
        leave(place, old);
        for (Node node : news) {
            enter(place, at++, node);
        }
        edited = true;
    }

    /** Takes an operator away; something else makes its outputs by then. */
    void remove(Node node) {
        replace(node, List.of());
    }

    private void leave(Place place, Node node) {
        place.nodes.remove(node);
        for (String output : node.outputs()) {
            if (value(output).maker == place) {
                value(output).maker = null;
            }
        }
        for (String input : node.inputs()) {
            value(input).readers--;
        }
    }

    /** Operators before all others, in this order. */
    void prepend(List<Node> news) {
        Place first = new Place(places.get(0).field, true);
        places.add(0, first);
        for (Node node : news) {
            enter(first, first.nodes.size(), node);
        }
        edited = true;
    }

    void add(Initializer constant) {
        added.add(constant);
        initializers.put(constant.name(), constant);
        edited = true;
    }

    /** Takes away what nothing reads any more, from the last to the first. */
    void sweep() {
        for (int i = places.size() - 1; i >= 0; i--) {
            Place place = places.get(i);
            for (int k = place.nodes.size() - 1; k >= 0; k--) {
                Node node = place.nodes.get(k);
                if (!isNeeded(node)) {
                    leave(place, node);
                    edited = true;
                }
            }
        }
    }

    private boolean isNeeded(Node node) {
        for (String output : node.outputs()) {
            if (readers(output) > 0 || isOutput(output)) {
                return true;
            }
        }
        return false;
    }

    boolean isEdited() {
        return edited;
    }

    byte[] toBytes() {
        ProtoWriter graph = new ProtoWriter();
        for (Place place : places) {
            write(place, graph);
        }
        for (Initializer constant : added) {
            graph.message(INITIALIZER, constant.writer());
        }
        ProtoWriter writer = new ProtoWriter();
        for (Field field : model.all()) {
            if (field.is(MODEL_GRAPH)) {
                writer.message(MODEL_GRAPH, graph);
            } else {
                field.copyTo(writer);
            }
        }
        if (edited && lacksContrib()) {
            writer.message(
                    MODEL_OPSET,
                    new ProtoWriter().text(OPSET_DOMAIN, Node.CONTRIB).number(OPSET_VERSION, 1));
        }
        return writer.toBytes();
    }

    private boolean lacksContrib() {
        for (Field opset : model.of(MODEL_OPSET)) {
            if (opset.message().text(OPSET_DOMAIN).equals(Node.CONTRIB)) {
                return false;
            }
        }
        return true;
    }

    private void write(Place place, ProtoWriter graph) {
        if (place.ofNodes) {
            for (Node node : place.nodes) {
                graph.message(NODE, node.writer());
            }
        } else if (place.rewritten != null) {
            graph.message(OUTPUT, place.rewritten);
        } else if (!edited || isOfUse(place.field)) {
            place.field.copyTo(graph);
        }
    }

    /** ONNX Runtime warns of weights that nothing reads, and takes the shapes of values that are not there for a fault. */
    private boolean isOfUse(Field field) {
        if (field.is(INITIALIZER)) {
            String name = field.message().text(Initializer.NAME);
            return readers(name) > 0 || isOutput(name);
        }
        return !field.is(VALUE_INFO) || value(field.message().text(VALUE_NAME)).maker != null;
    }
}
