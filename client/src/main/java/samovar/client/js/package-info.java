/** JavaScript's own types as overlays: one per type, its own names, no state. What the rest of the client may say to a browser. */
package samovar.client.js;
