/**
 * Models at work. A turn comes in with the model it is for; the model is planned and loaded where it is not yet, the turn waits in
 * the model's bounded queue, and one thread per model answers one turn at a time. Out come the turn's events, in order, for the
 * handler that asked. Failures are {@link samovar.task.TaskException}s.
 */
package samovar.server.inference;
