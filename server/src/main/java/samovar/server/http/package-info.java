/**
 * What every answer has in common, whoever makes it: the headers that isolate the page, the check who may use the API, errors
 * in one form, files with ranges and validators, the static site, and the news that a client has left. Routes of the other rooms
 * come in as handlers; answers go out.
 */
package samovar.server.http;
