package samovar.chat;

import java.util.List;

/** Python's {@code datetime.now().strftime(format)} in the C locale, with glibc's flags {@code %-d} and {@code %_d}. */
final class Strftime {
    private static final List<String> DAYS =
            List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");
    private static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");

    private final int year;
    private final int month;
    private final int day;
    private final int dayOfYear;
    private final int weekday;
    private final int hour;
    private final int minute;
    private final int second;
    private final int millis;

    /** Days to a date by Howard Hinnant's civil_from_days: eras of 400 years that begin in March. */
    private Strftime(TemplateMoment moment) {
        long local = moment.epochMillis() + moment.utcOffsetMinutes() * 60_000L;
        long days = Math.floorDiv(local, 86_400_000L);
        int ofDay = (int) (local - days * 86_400_000L);
        hour = ofDay / 3_600_000;
        minute = ofDay / 60_000 % 60;
        second = ofDay / 1000 % 60;
        millis = ofDay % 1000;
        weekday = (int) Math.floorMod(days + 4, 7L);
        int shifted = (int) days + 719_468;
        int era = Math.floorDiv(shifted, 146_097);
        int dayOfEra = shifted - era * 146_097;
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int fromMarch = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shiftedMonth = (5 * fromMarch + 2) / 153;
        day = fromMarch - (153 * shiftedMonth + 2) / 5 + 1;
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        dayOfYear = month > 2 ? fromMarch + 60 + (leap ? 1 : 0) : fromMarch - 305;
    }

    static String format(TemplateMoment moment, String format) {
        return new Strftime(moment).format(format);
    }

    private String format(String format) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
                continue;
            }
            char code = format.charAt(++i);
            char flag = 0;
            if ((code == '-' || code == '_' || code == '0') && i + 1 < format.length()) {
                flag = code;
                code = format.charAt(++i);
            }
            String text = field(code, flag);
            out.append(text != null ? text : flag == 0 ? "%" + code : "%" + flag + code);
        }
        return out.toString();
    }

    private String field(char code, char flag) {
        return switch (code) {
            case 'Y' -> number(year, 1, '0', flag);
            case 'C' -> number(year / 100, 2, '0', flag);
            case 'y' -> number(year % 100, 2, '0', flag);
            case 'm' -> number(month, 2, '0', flag);
            case 'd' -> number(day, 2, '0', flag);
            case 'e' -> number(day, 2, ' ', flag);
            case 'j' -> number(dayOfYear, 3, '0', flag);
            case 'H' -> number(hour, 2, '0', flag);
            case 'k' -> number(hour, 2, ' ', flag);
            case 'I' -> number((hour + 11) % 12 + 1, 2, '0', flag);
            case 'l' -> number((hour + 11) % 12 + 1, 2, ' ', flag);
            case 'M' -> number(minute, 2, '0', flag);
            case 'S' -> number(second, 2, '0', flag);
            case 'f' -> number(millis * 1000, 6, '0', (char) 0);
            case 'w' -> number(weekday, 1, '0', flag);
            case 'u' -> number((weekday + 6) % 7 + 1, 1, '0', flag);
            case 'U' -> number((dayOfYear + 6 - weekday) / 7, 2, '0', flag);
            case 'W' -> number((dayOfYear + 6 - (weekday + 6) % 7) / 7, 2, '0', flag);
            default -> words(code);
        };
    }

    private String words(char code) {
        return switch (code) {
            case 'B' -> MONTHS.get(month - 1);
            case 'b', 'h' -> MONTHS.get(month - 1).substring(0, 3);
            case 'A' -> DAYS.get(weekday);
            case 'a' -> DAYS.get(weekday).substring(0, 3);
            case 'p' -> hour < 12 ? "AM" : "PM";
            case 'P' -> hour < 12 ? "am" : "pm";
            case 'D', 'x' -> format("%m/%d/%y");
            case 'F' -> format("%Y-%m-%d");
            case 'T', 'X' -> format("%H:%M:%S");
            case 'R' -> format("%H:%M");
            case 'r' -> format("%I:%M:%S %p");
            case 'c' -> format("%a %b %e %H:%M:%S %Y");
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            case 'z', 'Z' -> "";
            default -> null;
        };
    }

    private static String number(int value, int width, char pad, char flag) {
        String digits = Integer.toString(value);
        if (flag == '-') {
            return digits;
        }
        char with = flag == '_' ? ' ' : flag == '0' ? '0' : pad;
        return String.valueOf(with).repeat(Math.max(0, width - digits.length())) + digits;
    }
}
