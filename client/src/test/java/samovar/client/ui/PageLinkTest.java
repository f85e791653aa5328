package samovar.client.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import samovar.dtype.Place;

class PageLinkTest {
    @Test
    void readsModelPlaceAndDtype() {
        PageLink link = PageLink.of(Map.of("model", "bundled/tiny-chat", "place", "cpu", "dtype", " q8 ")::get);

        assertThat(link.model()).isEqualTo("bundled/tiny-chat");
        assertThat(link.findPlace()).contains(Place.BROWSER_CPU);
        assertThat(link.dtype()).isEqualTo("q8");
        assertThat(link.placeFault()).isEmpty();
    }

    @Test
    void asksNothingWhereTheAddressSaysNothing() {
        PageLink link = PageLink.of(name -> null);

        assertThat(link).isEqualTo(new PageLink("", "", ""));
        assertThat(link.findPlace()).isEmpty();
        assertThat(link.placeFault()).isEmpty();
        assertThat(link.query()).isEmpty();
    }

    @Test
    void readsPlacesByTheNamesOfThePlannerToo() {
        for (Place place : Place.values()) {
            assertThat(new PageLink("", place.label(), "").findPlace()).contains(place);
            assertThat(new PageLink("", PageLink.word(place), "").findPlace()).contains(place);
        }
    }

    @Test
    void namesThePlacesWhereOneIsUnknown() {
        assertThat(new PageLink("", "cloud", "").placeFault())
                .isEqualTo("The address asks for the place \"cloud\"; there are gpu, cpu, server.");
    }

    @Test
    void writesWhatIsAskedAsAQuery() {
        assertThat(new PageLink("bundled/tiny-chat", "gpu", "q4").query())
                .isEqualTo("?model=bundled/tiny-chat&place=gpu&dtype=q4");
        assertThat(new PageLink("", "", "q4").query()).isEqualTo("?dtype=q4");
    }
}
