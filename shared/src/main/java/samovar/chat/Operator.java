package samovar.chat;

import java.util.ArrayList;
import java.util.List;

/** The arithmetic operators, on numbers, texts, lists and tuples as Python has them. */
enum Operator {
    ADD("+") {
        @Override
        Object numbers(Object left, Object right) {
            return Numbers.add(left, right);
        }

        @Override
        Object others(Rendering rendering, Object left, Object right) {
            if (left instanceof String text) {
                if (right instanceof String more) {
                    rendering.chargeText(text.length() + more.length());
                    return text.concat(more);
                }
                throw cannotConcatenate(left, right);
            }
            if (!Types.isListOrTuple(left)) {
                throw unsupported(left, right);
            }
            boolean tuple = left instanceof PyTuple;
            if (!Types.isListOrTuple(right) || tuple != right instanceof PyTuple) {
                throw cannotConcatenate(left, right);
            }
            List<Object> joined = new ArrayList<>((List<?>) left);
            joined.addAll((List<?>) right);
            rendering.charge(joined.size());
            return tuple ? PyTuple.copyOf(joined) : joined;
        }
    },
    SUBTRACT("-") {
        @Override
        Object numbers(Object left, Object right) {
            return Numbers.subtract(left, right);
        }
    },
    MULTIPLY("*") {
        @Override
        Object numbers(Object left, Object right) {
            return Numbers.multiply(left, right);
        }

        @Override
        Object others(Rendering rendering, Object left, Object right) {
            if (isSequence(left)) {
                return repeated(rendering, left, right);
            }
            if (isSequence(right)) {
                return repeated(rendering, right, left);
            }
            throw unsupported(left, right);
        }
    },
    DIVIDE("/") {
        @Override
        Object numbers(Object left, Object right) {
            return Numbers.divide(left, right);
        }
    },
    FLOOR_DIVIDE("//") {
        @Override
        Object numbers(Object left, Object right) {
            return Numbers.floorDivide(left, right);
        }
    },
    MODULO("%") {
        @Override
        Object numbers(Object left, Object right) {
            return Numbers.modulo(left, right);
        }
    },
    POWER("** or pow()") {
        @Override
        Object numbers(Object left, Object right) {
            return Numbers.power(left, right);
        }
    };

    private final String words;

    Operator(String words) {
        this.words = words;
    }

    /** The operator a token stands for, or null. */
    static Operator of(TokenKind kind) {
        for (Operator operator : values()) {
            if (operator == POWER ? kind == TokenKind.POW : operator.words.equals(kind.words())) {
                return operator;
            }
        }
        return null;
    }

    final Object apply(Rendering rendering, Object left, Object right) {
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return numbers(left, right);
        }
        if (left instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (this == MODULO && left instanceof String text) {
            return Printf.format(rendering, text, right);
        }
        if (right instanceof Undefined undefined) {
            throw undefined.failure();
        }
        return others(rendering, left, right);
    }

    abstract Object numbers(Object left, Object right);

    Object others(Rendering rendering, Object left, Object right) {
        throw unsupported(left, right);
    }

    final ChatTemplateException unsupported(Object left, Object right) {
        return ChatTemplateException.typeError("unsupported operand type(s) for " + words + ": '" + Types.name(left)
                + "' and '" + Types.name(right) + "'");
    }

    private static ChatTemplateException cannotConcatenate(Object left, Object right) {
        String type = Types.name(left);
        return ChatTemplateException.typeError(
                "can only concatenate " + type + " (not \"" + Types.name(right) + "\") to " + type);
    }

    private static boolean isSequence(Object value) {
        return value instanceof String || Types.isListOrTuple(value);
    }

    private static Object repeated(Rendering rendering, Object sequence, Object times) {
        Long count = Numbers.asIndex(times);
        if (count == null) {
            throw ChatTemplateException.typeError(
                    "can't multiply sequence by non-int of type '" + Types.name(times) + "'");
        }
        if (sequence instanceof String text) {
            rendering.chargeText(Math.max(0, count) * (double) text.length());
            return text.repeat(text.isEmpty() ? 0 : (int) Math.max(0, count));
        }
        List<?> elements = (List<?>) sequence;
        int repeats = elements.isEmpty() ? 0 : (int) Math.max(0, Math.min(count, Integer.MAX_VALUE));
        rendering.charge(repeats * (double) elements.size());
        List<Object> result = new ArrayList<>();
        for (int i = 0; i < repeats; i++) {
            result.addAll(elements);
        }
        return sequence instanceof PyTuple ? PyTuple.copyOf(result) : result;
    }
}
