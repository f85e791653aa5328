package samovar.generate;

import java.util.Arrays;

/**
 * The tokens that may still be drawn, with their logits: what is left of one row of logits while temperature, top_k,
 * top_p, min_p and typical_p narrow it, as the warpers of transformers do. Scratch is kept from token to token. Not
 * thread-safe.
 */
public final class Candidates {
    /** Keeps rounding of the sums from dropping a token too many. */
    private static final double SAFETY = 0.999;

    private int[] ids = {};
    private float[] logits = {};
    private double[] weights = {};
    private boolean[] kept = {};
    private int[] sortedIds = {};
    private float[] sortedLogits = {};
    private float[] largest = {};
    private final KeyedHeap heap = new KeyedHeap();
    private int size;

    public int size() {
        return size;
    }

    /** The token id at a position from 0 to {@link #size} - 1; ids ascend unless {@link #topP} has sorted them by likelihood. */
    public int id(int position) {
        return ids[position];
    }

    public float logit(int position) {
        return logits[position];
    }

    /** Takes all tokens that are not forbidden; NaN counts as forbidden. */
    public void load(float[] row) {
        loadFrom(row, Float.NEGATIVE_INFINITY, false);
    }

    /** Takes the k tokens of the largest logits, and those that equal the smallest of them. */
    public void loadTop(float[] row, int k) {
        if (k <= 0 || k >= row.length) {
            load(row);
            return;
        }
        loadFrom(row, kthLargest(row, k), true);
    }

    /** Divides the logits. */
    public void temperature(double temperature) {
        for (int i = 0; i < size; i++) {
            logits[i] = (float) (logits[i] / temperature);
        }
    }

    /** Keeps the likeliest tokens that together reach {@code mass}, at least one, in descending order of likelihood. */
    public void topP(double mass) {
        if (mass >= 1 || size <= 1) {
            return;
        }
        double total = weigh();
        dropWeightsUnder((1 - mass) * total / size * SAFETY);
        double[] keys = heap.keys(ids.length);
        for (int i = 0; i < size; i++) {
            keys[i] = -logits[i];
        }
        heap.order(size);
        if (sortedIds.length < size) {
            sortedIds = new int[ids.length];
            sortedLogits = new float[ids.length];
        }
        int count = 0;
        double above = 0;
        while (!heap.isEmpty() && (count == 0 || above < mass * total)) {
            int next = heap.poll();
            sortedIds[count] = ids[next];
            sortedLogits[count] = logits[next];
            count++;
            above += weights[next];
        }
        System.arraycopy(sortedIds, 0, ids, 0, count);
        System.arraycopy(sortedLogits, 0, logits, 0, count);
        size = count;
    }

    /** Keeps tokens at least {@code share} times as likely as the likeliest. */
    public void minP(double share) {
        if (share <= 0 || size <= 1) {
            return;
        }
        weigh();
        for (int i = 0; i < size; i++) {
            kept[i] = weights[i] >= share;
        }
        keepMarked();
    }

    /**
     * Keeps the tokens whose surprise is nearest to the expected surprise and that together reach {@code mass} (Meister et
     * al., Locally Typical Sampling).
     */
    public void typicalP(double mass) {
        if (mass >= 1 || size <= 1) {
            return;
        }
        double total = weigh();
        double logTotal = PortableMath.logOfAtLeastOne(total);
        float top = largestLogit();
        double entropy = 0;
        for (int i = 0; i < size; i++) {
            entropy -= (logits[i] - top - logTotal) * (weights[i] / total);
        }
        double[] keys = heap.keys(ids.length);
        for (int i = 0; i < size; i++) {
            keys[i] = Math.abs(-(logits[i] - top - logTotal) - entropy);
        }
        heap.order(size);
        double reached = 0;
        double last = 0;
        boolean first = true;
        while (!heap.isEmpty() && (first || reached < mass * total)) {
            int next = heap.poll();
            reached += weights[next];
            last = keys[next];
            first = false;
        }
        for (int i = 0; i < size; i++) {
            kept[i] = keys[i] <= last;
        }
        keepMarked();
    }

    /** Draws one token by its likelihood. */
    public int draw(RandomSource random) {
        double target = weigh() * random.nextDouble();
        double sum = 0;
        for (int i = 0; i < size - 1; i++) {
            sum += weights[i];
            if (sum > target) {
                return ids[i];
            }
        }
        return ids[size - 1];
    }

    /** Fills the weights, e to the power of the distance from the largest logit, and gives their sum. */
    private double weigh() {
        float top = largestLogit();
        double total = 0;
        for (int i = 0; i < size; i++) {
            double weight = PortableMath.expOfNegative((double) logits[i] - top);
            weights[i] = weight;
            total += weight;
        }
        return total;
    }

    /**
     * Tokens that weigh under (1 - mass) * total / size add up to less than what top_p may leave out, so that all it keeps is
     * among the others: of a large vocabulary, a small part.
     */
    private void dropWeightsUnder(double least) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (weights[i] >= least) {
                ids[count] = ids[i];
                logits[count] = logits[i];
                weights[count] = weights[i];
                count++;
            }
        }
        size = count;
    }

    private float largestLogit() {
        float top = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            if (logits[i] > top) {
                top = logits[i];
            }
        }
        return top;
    }

    private void loadFrom(float[] row, float least, boolean inclusive) {
        reserve(row.length);
        int count = 0;
        for (int i = 0; i < row.length; i++) {
            float logit = row[i];
            if (logit > least || (inclusive && logit == least && logit > Float.NEGATIVE_INFINITY)) {
                ids[count] = i;
                logits[count] = logit;
                count++;
            }
        }
        size = count;
    }

    /** The k-th largest value, by a heap of the k largest whose root is the smallest of them; k is under the row's length. */
    private float kthLargest(float[] row, int k) {
        if (largest.length < k) {
            largest = new float[k];
        }
        Arrays.fill(largest, 0, k, Float.NEGATIVE_INFINITY);
        for (float value : row) {
            if (value > largest[0]) {
                replaceRoot(value, k);
            }
        }
        return largest[0];
    }

    private void replaceRoot(float value, int k) {
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= k) {
                break;
            }
            if (child + 1 < k && largest[child + 1] < largest[child]) {
                child++;
            }
            if (largest[child] >= value) {
                break;
            }
            largest[at] = largest[child];
            at = child;
        }
        largest[at] = value;
    }

    private void keepMarked() {
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (kept[i]) {
                ids[count] = ids[i];
                logits[count] = logits[i];
                count++;
            }
        }
        size = count;
    }

    private void reserve(int count) {
        if (ids.length < count) {
            ids = new int[count];
            logits = new float[count];
            weights = new double[count];
            kept = new boolean[count];
        }
    }
}
