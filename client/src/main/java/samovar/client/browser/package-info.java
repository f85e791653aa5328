/**
 * What the core asks of a browser: texts and weights over fetch, kept in Cache Storage; the decoder of
 * images; the probe of the GPU; clock and
 * normalizer; the server as a chat backend; and the door, {@code BrowserPipelines}.
 */
package samovar.client.browser;
