package samovar.server;

import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;

/** Sizes as people write them: {@code 20GB}, {@code 1.5 TB}, {@code 500000000}; decimal units, and binary ones with an i. */
final class ByteCount implements CommandLine.ITypeConverter<Long> {
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("b", 1L),
            Map.entry("kb", 1000L),
            Map.entry("mb", 1_000_000L),
            Map.entry("gb", 1_000_000_000L),
            Map.entry("tb", 1_000_000_000_000L),
            Map.entry("kib", 1L << 10),
            Map.entry("mib", 1L << 20),
            Map.entry("gib", 1L << 30),
            Map.entry("tib", 1L << 40));

    @Override
    public Long convert(String text) {
        String bare = text.strip().toLowerCase(Locale.ROOT);
        int digits = 0;
        while (digits < bare.length() && (Character.isDigit(bare.charAt(digits)) || bare.charAt(digits) == '.')) {
            digits++;
        }
        Long unit = UNITS.get(bare.substring(digits).strip());
        try {
            double bytes = unit == null ? -1 : Double.parseDouble(bare.substring(0, digits)) * unit;
            if (bytes >= 1 && bytes < Long.MAX_VALUE) {
                return (long) bytes;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new CommandLine.TypeConversionException(
                "'" + text + "' is no size; a number with kB, MB, GB, TB or nothing behind it, for example 20GB");
    }
}
