/**
 * Models in a dedicated worker, and the page's end of the line. Requests and answers cross as JSON texts: {@link
 * samovar.client.worker.Messages} has their forms, in which chat requests, plans and errors look as they do over HTTP.
 * Weights never cross: the worker fetches them itself.
 */
package samovar.client.worker;
