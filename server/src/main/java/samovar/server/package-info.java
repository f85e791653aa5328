/**
 * The server: one program that serves the page, the Hub's addresses and an OpenAI-compatible API. {@link samovar.server.Main} reads
 * the command line into a {@link samovar.server.ServerConfig}; {@link samovar.server.SamovarServer} puts the rooms together.
 */
package samovar.server;
