package samovar.generate;

import java.util.List;

/** What a generation tells, in order: any number of {@link Delta}s, then one {@link Finished}. */
public sealed interface GenerationEvent {
    /**
     * New text, complete characters only. A token that ends in the middle of a character, or might begin a stop string,
     * is held back, so a delta may stand for several tokens.
     *
     * @param text may be empty where the tokens are special
     * @param tokenIds the tokens generated since the last delta
     */
    record Delta(String text, List<Integer> tokenIds) implements GenerationEvent {
        public Delta {
            tokenIds = List.copyOf(tokenIds);
        }
    }

    /** The end, also of a cancelled run. Text and tokens hold the whole answer, without the stop string; tokens include the eos. */
    record Finished(String text, List<Integer> tokenIds, FinishReason reason, Usage usage, Timings timings)
            implements GenerationEvent {
        public Finished {
            tokenIds = List.copyOf(tokenIds);
        }
    }
}
