package samovar.client.ui;

import samovar.dtype.ByteSize;
import samovar.generate.FinishReason;
import samovar.generate.GenerationEvent;
import samovar.generate.Timings;
import samovar.task.CaptionAnswer;

/** Numbers and faults in words. */
final class Figures {
    private Figures() {}

    /** {@code 52 tok/s · first token after 0.21 s · 48 tokens · stopped}. */
    static String of(GenerationEvent.Finished finished) {
        Timings timings = finished.timings();
        StringBuilder line = new StringBuilder();
        if (timings.decodeTokensPerSecond() > 0) {
            line.append(rate(timings.decodeTokensPerSecond())).append(" tok/s · ");
        }
        if (timings.firstTokenMillis() > 0) {
            line.append("first token after ")
                    .append(seconds(timings.firstTokenMillis()))
                    .append(" · ");
        }
        line.append(count(finished.usage().completionTokens()));
        return line.append(ending(finished.reason())).toString();
    }

    /** {@code picture made ready in 0.02 s · first token after 0.21 s · 0.48 s in all · 15 tokens}. */
    static String of(CaptionAnswer answer) {
        Timings timings = answer.finished().timings();
        StringBuilder line = new StringBuilder();
        if (timings.preprocessMillis() > 0) {
            line.append("picture made ready in ")
                    .append(seconds(timings.preprocessMillis()))
                    .append(" · ");
        }
        if (timings.firstTokenMillis() > 0) {
            line.append("first token after ")
                    .append(seconds(timings.firstTokenMillis()))
                    .append(" · ")
                    .append(seconds(timings.totalMillis()))
                    .append(" in all · ");
        }
        line.append(count(answer.finished().usage().completionTokens()));
        return line.append(ending(answer.finished().reason())).toString();
    }

    private static String ending(FinishReason reason) {
        return switch (reason) {
            case STOP -> "";
            case LENGTH -> " · cut at the limit";
            case CANCELLED -> " · stopped";
        };
    }

    static String count(int tokens) {
        return tokens == 1 ? "1 token" : tokens + " tokens";
    }

    /** Two digits below ten, whole numbers above. */
    static String rate(double perSecond) {
        return perSecond < 9.95 ? decimals(perSecond, 10) : String.valueOf(Math.round(perSecond));
    }

    /** {@code 0.21 s}, {@code 12.4 s}. */
    static String seconds(double millis) {
        double seconds = millis / 1000;
        return decimals(seconds, seconds < 9.995 ? 100 : 10) + " s";
    }

    /** {@code 3.2 MB of 102 MB}; empty where there is nothing to count. */
    static String progress(LoadProgress progress) {
        if (progress.totalBytes() <= 0) {
            return "";
        }
        String bytes = ByteSize.text(progress.loadedBytes()) + " of " + ByteSize.text(progress.totalBytes());
        return progress.fromCache() ? bytes + ", kept here from an earlier visit" : bytes;
    }

    /** A number of which {@code scale} (10 or 100) tells the decimals; without trailing zeros but one. */
    private static String decimals(double value, int scale) {
        long scaled = Math.round(value * scale);
        String whole = String.valueOf(scaled / scale);
        String rest = String.valueOf(scale + scaled % scale).substring(1);
        return whole + "." + rest;
    }

    /** With a capital where it begins with a plain word, and with a full stop; names and paths stay as they are. */
    static String sentence(String text) {
        int space = text.indexOf(' ');
        for (int i = 0; i < space; i++) {
            if (text.charAt(i) < 'a' || text.charAt(i) > 'z') {
                return text;
            }
        }
        if (space <= 0) {
            return text;
        }
        char last = text.charAt(text.length() - 1);
        String stop = last == '.' || last == '!' || last == '?' ? "" : ".";
        return (char) (text.charAt(0) - 'a' + 'A') + text.substring(1) + stop;
    }

    /** A setting's value as a person writes it: 1 for 1.0, 0.7 for 0.7. */
    static String plain(double value) {
        long whole = (long) value;
        return whole == value ? String.valueOf(whole) : String.valueOf(value);
    }
}
