package samovar.dtype;

import java.util.Optional;

/**
 * What one place can do for a model: a plan, or the reason why not.
 *
 * @param plan empty where the place cannot run the model
 * @param hardware false where the place is a WebGPU adapter drawn by the CPU
 * @param trouble why the place is out, as the end of a sentence that begins with its name; empty where it is not
 */
public record PlaceOffer(Place place, Optional<DtypePlan> plan, boolean hardware, String trouble) {
    public PlaceOffer {
        if (plan.isPresent() != trouble.isEmpty()) {
            throw new IllegalArgumentException(place.label() + " needs either a plan or a trouble, got the plan "
                    + plan.isPresent() + " and the trouble \"" + trouble + "\"");
        }
    }

    /** A place with a plan. */
    public static PlaceOffer of(Place place, DtypePlan plan, DeviceCapabilities capabilities) {
        boolean software = place == Place.BROWSER_GPU && capabilities.softwareAdapter();
        return new PlaceOffer(place, Optional.of(plan), !software, "");
    }

    /** A place whose plan fails. */
    public static PlaceOffer refused(Place place, DtypePlanException refusal) {
        StringBuilder trouble = new StringBuilder("cannot run this model: ");
        for (int i = 0; i < refusal.faults().size(); i++) {
            trouble.append(i == 0 ? "" : "; ").append(refusal.faults().get(i).message());
        }
        return new PlaceOffer(place, Optional.empty(), true, trouble.toString());
    }

    /**
     * A place that is not there.
     *
     * @param trouble the end of a sentence that begins with the place's name, for example {@code is not there: no WebGPU adapter}
     */
    public static PlaceOffer absent(Place place, String trouble) {
        return new PlaceOffer(place, Optional.empty(), true, trouble);
    }

    /** The same place after it failed at work, so that the rule picks another. */
    public PlaceOffer failed(String why) {
        return new PlaceOffer(place, Optional.empty(), hardware, "failed: " + why);
    }

    public boolean isUsable() {
        return plan.isPresent();
    }

    /** Why a visitor may hesitate, or cannot choose it: a sentence; empty for a place without trouble. */
    public String remark() {
        if (!isUsable()) {
            return sentence(place.words() + " " + trouble);
        }
        return hardware ? "" : sentence(place.words() + " is drawn by software, which is very slow");
    }

    static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }
}
