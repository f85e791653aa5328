package samovar.client.ui;

/** A question and its answer, which may still be growing. Belongs to a {@link Conversation}. */
final class Exchange {
    /** How far the answer is. */
    enum State {
        WRITING,
        DONE,
        /** The place failed; what it had said is kept. */
        BROKEN
    }

    private final String question;
    private final StringBuilder answer = new StringBuilder();
    private State state = State.WRITING;
    private String figures = "";

    Exchange(String question) {
        this.question = question;
    }

    String question() {
        return question;
    }

    String answer() {
        return answer.toString();
    }

    State state() {
        return state;
    }

    /** The line under the answer; empty while it grows. */
    String figures() {
        return figures;
    }

    void append(String delta) {
        answer.append(delta);
    }

    /** @param text the whole answer */
    void finish(String text, String line) {
        answer.setLength(0);
        answer.append(text);
        figures = line;
        state = State.DONE;
    }

    void breakOff() {
        figures = "broken off";
        state = State.BROKEN;
    }

    void restart() {
        answer.setLength(0);
        figures = "";
        state = State.WRITING;
    }
}
