package samovar.chat;

/**
 * The time that a template's strftime_now sees: the caller reads its clock, never this room.
 *
 * @param epochMillis milliseconds since 1970-01-01T00:00:00Z
 * @param utcOffsetMinutes what local time is ahead of UTC, in minutes
 */
public record TemplateMoment(long epochMillis, int utcOffsetMinutes) {
    public TemplateMoment {
        if (utcOffsetMinutes < -18 * 60 || utcOffsetMinutes > 18 * 60) {
            throw new IllegalArgumentException("utcOffsetMinutes: expected -1080 to 1080, found " + utcOffsetMinutes);
        }
        if (epochMillis < -62_135_596_800_000L || epochMillis > 253_402_300_799_999L) {
            throw new IllegalArgumentException(
                    "epochMillis: expected a time in the years 1 to 9999, found " + epochMillis);
        }
    }
}
