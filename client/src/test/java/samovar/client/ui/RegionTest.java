package samovar.client.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import samovar.image.ImageSize;

class RegionTest {
    private static final ImageSize SIZE = new ImageSize(200, 100);

    @Test
    void liesBetweenAnyTwoCorners() {
        assertThat(Region.between(150.4, 80, 20, 10.9, SIZE)).isEqualTo(new Region(20, 10, 151, 80));
    }

    @Test
    void isCutToThePictureAndNeverEmpty() {
        assertThat(Region.between(-30, -5, 900, 400, SIZE)).isEqualTo(new Region(0, 0, 200, 100));
        assertThat(Region.between(50, 50, 50, 50, SIZE)).isEqualTo(new Region(50, 50, 51, 51));
        assertThat(Region.between(300, 300, 300, 300, SIZE)).isEqualTo(new Region(199, 99, 200, 100));
    }

    @Test
    void beginsWithTheMiddleHalf() {
        assertThat(Region.middle(SIZE)).isEqualTo(new Region(50, 25, 150, 75));
    }

    @Test
    void isToldInThousandthsOfEachSide() {
        assertThat(new Region(50, 25, 151, 100).tokens(SIZE)).isEqualTo("<loc_250><loc_250><loc_755><loc_999>");
    }

    @Test
    void staysExactForPicturesOfManyPixels() {
        assertThat(new Region(0, 0, 40_000, 50_000).tokens(new ImageSize(50_000, 65_000)))
                .isEqualTo("<loc_0><loc_0><loc_800><loc_769>");
    }
}
