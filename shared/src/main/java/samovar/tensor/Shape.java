package samovar.tensor;

import java.util.Arrays;

/** Dimensions of a tensor, outermost first. In a session's metadata a dimension that is only named is {@link #SYMBOLIC}. */
public final class Shape {
    /** A dimension without a fixed size. */
    public static final int SYMBOLIC = -1;

    private final int[] dimensions;

    private Shape(int[] dimensions) {
        this.dimensions = dimensions;
    }

    public static Shape of(int... dimensions) {
        for (int dimension : dimensions) {
            if (dimension < SYMBOLIC) {
                throw new IllegalArgumentException("negative dimension in the shape " + Arrays.toString(dimensions));
            }
        }
        return new Shape(dimensions.clone());
    }

    public int rank() {
        return dimensions.length;
    }

    /** The size of one axis; axis -1 is the last. */
    public int dimension(int axis) {
        return dimensions[axis < 0 ? dimensions.length + axis : axis];
    }

    public int[] toArray() {
        return dimensions.clone();
    }

    public boolean isFixed() {
        for (int dimension : dimensions) {
            if (dimension == SYMBOLIC) {
                return false;
            }
        }
        return true;
    }

    /**
     * The number of elements; 1 for a scalar, 0 where an axis is empty.
     *
     * @throws IllegalStateException if a dimension is symbolic or the product passes int's range
     */
    public int elementCount() {
        long count = 1;
        for (int dimension : dimensions) {
            if (dimension == SYMBOLIC) {
                throw new IllegalStateException("the shape " + this + " has no fixed size");
            }
            count *= dimension;
            if (count > Integer.MAX_VALUE) {
                throw new IllegalStateException("the shape " + this + " has more than 2147483647 elements");
            }
        }
        return (int) count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dimensions);
    }

    @Override
    public String toString() {
        return Arrays.toString(dimensions);
    }
}
