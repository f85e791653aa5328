package samovar.chat;

/** The comparing operators. */
enum Relation {
    EQUAL("==") {
        @Override
        boolean holds(Rendering r, Object left, Object right) {
            return Comparison.equal(r, left, right);
        }
    },
    NOT_EQUAL("!=") {
        @Override
        boolean holds(Rendering r, Object left, Object right) {
            return !Comparison.equal(r, left, right);
        }
    },
    LESS("<") {
        @Override
        boolean holds(Rendering r, Object left, Object right) {
            return Comparison.order(r, left, right, "<") < 0 && !Comparison.unordered(left, right);
        }
    },
    LESS_OR_EQUAL("<=") {
        @Override
        boolean holds(Rendering r, Object left, Object right) {
            return Comparison.order(r, left, right, "<=") <= 0 && !Comparison.unordered(left, right);
        }
    },
    GREATER(">") {
        @Override
        boolean holds(Rendering r, Object left, Object right) {
            return Comparison.order(r, left, right, ">") > 0 && !Comparison.unordered(left, right);
        }
    },
    GREATER_OR_EQUAL(">=") {
        @Override
        boolean holds(Rendering r, Object left, Object right) {
            return Comparison.order(r, left, right, ">=") >= 0 && !Comparison.unordered(left, right);
        }
    },
    IN("in") {
        @Override
        boolean holds(Rendering r, Object left, Object right) {
            return Comparison.contains(r, right, left);
        }
    },
    NOT_IN("not in") {
        @Override
        boolean holds(Rendering r, Object left, Object right) {
            return !Comparison.contains(r, right, left);
        }
    };

    private final String sign;

    Relation(String sign) {
        this.sign = sign;
    }

    /** The relation a token stands for, or null. */
    static Relation of(TokenKind kind) {
        for (Relation relation : values()) {
            if (relation.sign.equals(kind.words())) {
                return relation;
            }
        }
        return null;
    }

    abstract boolean holds(Rendering r, Object left, Object right);
}
