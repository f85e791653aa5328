package samovar.client.browser;

import org.teavm.jso.JSBody;
import samovar.chat.TemplateMoment;
import samovar.task.WallClock;

/** {@code Date}, in the visitor's time zone. */
public final class BrowserWallClock implements WallClock {
    @Override
    public TemplateMoment now() {
        return new TemplateMoment((long) epochMillis(), -utcMinusLocalMinutes());
    }

    @JSBody(script = "return Date.now();")
    private static native double epochMillis();

    @JSBody(script = "return new Date().getTimezoneOffset();")
    private static native int utcMinusLocalMinutes();
}
