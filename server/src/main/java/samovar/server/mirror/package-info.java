/**
 * The Hub's own addresses, answered from model folders, the cache and the upstream: listings and searches ({@code /api/models…}) and files
 * ({@code /{org}/{name}/resolve/{revision}/{path}}) for the page, for Transformers.js and for huggingface_hub. Ids, revisions and
 * paths come in as text and are checked before anything is looked up; public files go out to any origin.
 */
package samovar.server.mirror;
