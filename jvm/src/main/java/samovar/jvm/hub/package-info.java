/**
 * Model repositories on this machine: folders in the Hub's layout, the verified cache on disk, and the upstream Hub, asked
 * in this order. Ids, revisions and paths come in; listings, texts and local paths of whole, verified files go out. What
 * could not be had is a {@link samovar.hub.HubException}.
 *
 * <p>{@link samovar.jvm.hub.HubFiles} is the room's door; the others may be used alone.
 */
package samovar.jvm.hub;
