/**
 * The OpenAI-compatible routes: requests come in through {@link samovar.wire}, turns go to {@link samovar.server.inference}, and
 * their events come back as one answer or as server-sent chunks. Also the routes by which the page learns what the server would
 * use for a model, and has it loaded.
 */
package samovar.server.openai;
