package samovar.client.ui;

/** Something that may await, done by the page's one coroutine. Not a Runnable, so that no JDK interface comes to await. */
interface Job {
    void run();
}
