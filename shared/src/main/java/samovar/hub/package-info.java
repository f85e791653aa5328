/**
 * What a model repository is to us: an id, a revision, a list of files with sizes and hashes, and the addresses under
 * which the Hugging Face Hub and its mirrors serve them. Texts (config.json and the like) come in through {@link
 * samovar.hub.FileSource}; weights never pass through here. Faults are {@link samovar.hub.HubException}s.
 */
package samovar.hub;
