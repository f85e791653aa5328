/**
 * Puts the page together: the server and the worker as {@link samovar.client.ui.ModelPlaces}, and the page over them. The only room
 * of the client that knows more than two others.
 */
package samovar.client.app;
