/**
 * The OpenAI-compatible API as values, read and written by both sides: the server reads requests and writes replies, the page's
 * remote backend does the opposite. JSON text comes in and goes out through {@link samovar.json.Json}; a request becomes a
 * {@link samovar.task.ChatRequest}. A fault is a {@link samovar.wire.WireException} that holds the {@link samovar.wire.ErrorBody}
 * for the other side.
 */
package samovar.wire;
