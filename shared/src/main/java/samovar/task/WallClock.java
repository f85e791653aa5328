package samovar.task;

import samovar.chat.TemplateMoment;

/** The time of day for templates that print the date. Never awaits. */
public interface WallClock {
    TemplateMoment now();
}
