package samovar.chat;

/** How a statement ended: a loop control travels outwards to its loop. */
enum Signal {
    NORMAL,
    BREAK,
    CONTINUE
}
