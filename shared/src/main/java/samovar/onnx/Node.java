package samovar.onnx;

import java.util.List;
import samovar.onnx.ProtoMessage.Field;

/** One operator of a graph. Numbers of fields are those of onnx.proto. Immutable. */
final class Node {
    /** The domain of ONNX Runtime's own operators. */
    static final String CONTRIB = "com.microsoft";

    private static final int INPUT = 1;
    private static final int OUTPUT = 2;
    private static final int NAME = 3;
    private static final int OP_TYPE = 4;
    private static final int ATTRIBUTE = 5;
    private static final int DOMAIN = 7;
    private static final int ATTRIBUTE_NAME = 1;
    private static final int ATTRIBUTE_FLOAT = 2;
    private static final int ATTRIBUTE_INT = 3;
    private static final int ATTRIBUTE_TENSOR = 5;
    private static final int ATTRIBUTE_GRAPH = 6;
    private static final int ATTRIBUTE_INTS = 8;
    private static final int ATTRIBUTE_GRAPHS = 11;
    private static final int ATTRIBUTE_TYPE = 20;
    private static final int TYPE_FLOAT = 1;
    private static final int TYPE_INT = 2;
    private static final int TYPE_INTS = 7;

    private final ProtoMessage message;
    private final String op;
    private final String domain;
    private final List<String> inputs;
    private final List<String> outputs;

    Node(ProtoMessage message) {
        this.message = message;
        op = message.text(OP_TYPE);
        domain = message.text(DOMAIN);
        inputs = message.texts(INPUT);
        outputs = message.texts(OUTPUT);
    }

    List<String> inputs() {
        return inputs;
    }

    /** The name of an input; empty where there is none. */
    String input(int index) {
        return index < inputs.size() ? inputs.get(index) : "";
    }

    List<String> outputs() {
        return outputs;
    }

    /** The first output. */
    String output() {
        return outputs.get(0);
    }

    String op() {
        return op;
    }

    /** Whether this is an operator of ONNX itself, of this name. */
    boolean is(String wanted) {
        return op.equals(wanted) && (domain.isEmpty() || domain.equals("ai.onnx"));
    }

    /** Whether this is an operator of ONNX Runtime's, of this name. */
    boolean isContrib(String wanted) {
        return op.equals(wanted) && domain.equals(CONTRIB);
    }

    private ProtoMessage attribute(String name) {
        for (Field field : message.of(ATTRIBUTE)) {
            ProtoMessage attribute = field.message();
            if (attribute.text(ATTRIBUTE_NAME).equals(name)) {
                return attribute;
            }
        }
        return null;
    }

    int number(String name, int otherwise) {
        ProtoMessage attribute = attribute(name);
        return attribute == null ? otherwise : attribute.number(ATTRIBUTE_INT, 0);
    }

    /** NaN where there is no such attribute. */
    float real(String name) {
        ProtoMessage attribute = attribute(name);
        return attribute == null ? Float.NaN : attribute.real(ATTRIBUTE_FLOAT);
    }

    /** Empty where there is no such attribute. */
    int[] numbers(String name) {
        ProtoMessage attribute = attribute(name);
        return attribute == null ? new int[0] : attribute.numbers(ATTRIBUTE_INTS);
    }

    /** Null where there is no such attribute. */
    ProtoMessage tensor(String name) {
        ProtoMessage attribute = attribute(name);
        return attribute == null ? null : attribute.message(ATTRIBUTE_TENSOR);
    }

    /** Whether it has a graph inside, which may read values by their names without naming them as inputs. */
    boolean hasGraph() {
        for (Field field : message.of(ATTRIBUTE)) {
            ProtoMessage attribute = field.message();
            if (!attribute.of(ATTRIBUTE_GRAPH).isEmpty()
                    || !attribute.of(ATTRIBUTE_GRAPHS).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** The same operator with another first input. */
    Node withFirstInput(String input) {
        ProtoWriter writer = new ProtoWriter();
        boolean replaced = false;
        for (Field field : message.all()) {
            if (!replaced && field.is(INPUT)) {
                writer.text(INPUT, input);
                replaced = true;
            } else {
                field.copyTo(writer);
            }
        }
        return new Node(ProtoMessage.parse(writer.toBytes()));
    }

    ProtoWriter writer() {
        ProtoWriter writer = new ProtoWriter();
        for (Field field : message.all()) {
            field.copyTo(writer);
        }
        return writer;
    }

    /** Writes a new operator. */
    static final class Maker {
        private final ProtoWriter writer = new ProtoWriter();
        private final ProtoWriter attributes = new ProtoWriter();
        private final String op;
        private String name = "";

        Maker(String op) {
            this.op = op;
        }

        /** An empty name stands for an input that is left out. */
        Maker in(String... names) {
            for (String input : names) {
                writer.text(INPUT, input);
            }
            return this;
        }

        Maker out(String... names) {
            for (String output : names) {
                writer.text(OUTPUT, output);
            }
            name = names[0];
            return this;
        }

        Maker number(String attribute, int value) {
            attributes.message(
                    ATTRIBUTE,
                    new ProtoWriter()
                            .text(ATTRIBUTE_NAME, attribute)
                            .number(ATTRIBUTE_INT, value)
                            .number(ATTRIBUTE_TYPE, TYPE_INT));
            return this;
        }

        Maker numbers(String attribute, int... values) {
            ProtoWriter list = new ProtoWriter().text(ATTRIBUTE_NAME, attribute);
            for (int value : values) {
                list.number(ATTRIBUTE_INTS, value);
            }
            attributes.message(ATTRIBUTE, list.number(ATTRIBUTE_TYPE, TYPE_INTS));
            return this;
        }

        Maker real(String attribute, float value) {
            attributes.message(
                    ATTRIBUTE,
                    new ProtoWriter()
                            .text(ATTRIBUTE_NAME, attribute)
                            .real(ATTRIBUTE_FLOAT, value)
                            .number(ATTRIBUTE_TYPE, TYPE_FLOAT));
            return this;
        }

        /** An operator of ONNX itself, named after its first output. */
        Node make() {
            return make("");
        }

        Node make(String domain) {
            writer.text(NAME, name).text(OP_TYPE, op);
            writer.append(attributes);
            if (!domain.isEmpty()) {
                writer.text(DOMAIN, domain);
            }
            return new Node(ProtoMessage.parse(writer.toBytes()));
        }
    }
}
