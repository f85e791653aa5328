package samovar.config;

/** To what size a picture is scaled, as {@code size} of preprocessor_config.json says. All numbers are pixels, 1 or more. */
public sealed interface ImageScale {
    /** Most pixels of a side; no model looks at as many. */
    int MOST = 16384;

    /** To exactly this, whatever the picture's proportions. */
    record Exact(int width, int height) implements ImageScale {
        public Exact {
            require("width", width);
            require("height", height);
        }
    }

    /**
     * Proportions kept, the shorter side as given.
     *
     * @param longest most pixels of the longer side, which then rules; 0 where there is no such limit
     */
    record ShortestEdge(int edge, int longest) implements ImageScale {
        public ShortestEdge {
            require("shortest_edge", edge);
            if (longest != 0) {
                require("longest_edge", longest);
            }
        }
    }

    /** Proportions kept, the longer side as given. */
    record LongestEdge(int edge) implements ImageScale {
        public LongestEdge {
            require("longest_edge", edge);
        }
    }

    /** Proportions kept, as large as fits in here. */
    record Within(int maxWidth, int maxHeight) implements ImageScale {
        public Within {
            require("max_width", maxWidth);
            require("max_height", maxHeight);
        }
    }

    private static void require(String key, int pixels) {
        if (pixels < 1 || pixels > MOST) {
            throw new IllegalArgumentException(key + " is " + pixels + "; allowed are 1 to " + MOST + " pixels");
        }
    }
}
